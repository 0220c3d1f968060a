//! Fenced code blocks of Markdown (CommonMark section 4.5).

use crate::docs::snippets::Block;

pub(super) fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, usize, Block)> = None;
    let mut before = String::new();
    let mut after_blank = true;
    for (at, line) in page.lines().enumerate() {
        let text = line.trim();
        if let Some((fence, margin, block)) = &mut open {
            if text.starts_with(fence.as_str()) && text.trim_matches(['`', '~']).is_empty() {
                let (_, _, mut block) = open.take().unwrap_or_default();
                block.text.truncate(block.text.trim_end().len());
                if !block.text.is_empty() {
                    blocks.push(block);
                }
                after_blank = true;
                continue;
            }
            let spaces = line.len() - line.trim_start_matches(' ').len();
            block.text.push_str(line.get(spaces.min(*margin)..).unwrap_or_default());
            block.text.push('\n');
            continue;
        }
        if text.starts_with("```") || text.starts_with("~~~") {
            let fence: String = text.chars().take_while(|c| *c == '`' || *c == '~').collect();
            let info = text.trim_start_matches(['`', '~']).trim();
            let language =
                info.split([' ', '{', ',']).next().unwrap_or_default().to_ascii_lowercase();
            let margin = line.len() - line.trim_start_matches(' ').len();
            let block =
                Block { line: at + 2, language, before: before.clone(), ..Block::default() };
            open = Some((fence, margin, block));
        } else if text.is_empty() {
            after_blank = true;
        } else {
            if after_blank {
                before.clear();
            }
            before.push_str(text);
            before.push(' ');
            after_blank = false;
        }
    }
    blocks
}
