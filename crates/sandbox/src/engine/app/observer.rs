//! The code that a remote observer evaluates on an app's node.

use backoffice_contract::app::ObserverCommands;
use backoffice_contract::op;

use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{Outcome, Reply};
use crate::engine::{World, app};

/// Elixir that prints the cookie and the name of the node that evaluates it. It is the same
/// for all apps and reveals nothing about them.
pub(crate) fn commands(
    world: &mut World,
    cx: &Context<'_>,
    op: op::GetObserverCommands,
) -> Outcome<op::GetObserverCommands> {
    app::open(world, cx, &op.app)?;
    Ok(Reply::Data(ObserverCommands {
        get_cookie: "IO.puts(Node.get_cookie())".to_owned(),
        get_node_name: "IO.puts(Node.self())".to_owned(),
    }))
}

#[cfg(test)]
mod tests {
    use backoffice_contract::session::Tier;

    use super::*;
    use crate::engine::testing::Api;

    #[test]
    fn owners_get_code_and_others_a_404() {
        let mut api = Api::on(Tier::Free);
        api.create_app("mine");
        let of = |app: &str| op::GetObserverCommands { app: app.into() };
        let commands = api.call(of("mine")).unwrap();
        assert!(commands.get_cookie.contains("cookie"), "{commands:?}");
        assert!(commands.get_node_name.contains("Node.self"), "{commands:?}");
        assert_eq!(api.call(of("theirs")).unwrap_err().status, 404);
    }
}
