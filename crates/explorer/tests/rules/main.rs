//! The explorer's rules from the outside: descriptions in, requests and sentences out.

#[cfg(test)]
mod description;
#[cfg(test)]
mod forms;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod opening;
#[cfg(test)]
mod requests;
#[cfg(test)]
mod schemas;
#[cfg(test)]
mod shop;
#[cfg(test)]
mod snippets;
