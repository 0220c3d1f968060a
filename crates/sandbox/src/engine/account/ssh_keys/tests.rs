//! SSH keys of an account.

use backoffice_contract::account::{AddSshKeyRequest, RemoveSshKeyRequest};
use backoffice_contract::op;
use backoffice_contract::session::Tier;

use crate::engine::testing::{Api, bytes};

fn key(number: usize) -> String {
    format!("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{number:043} ada@laptop")
}

fn add(line: &str) -> op::AddSshKey {
    op::AddSshKey { body: AddSshKeyRequest { ssh_key: line.into() } }
}

fn remove(id: &str) -> op::RemoveSshKey {
    op::RemoveSshKey { body: RemoveSshKeyRequest { id: id.into() } }
}

#[test]
fn keys_come_and_go() {
    let mut api = Api::on(Tier::Free);
    api.call(add(&format!("  {}\n", key(1)))).unwrap();
    api.call(add(&key(2))).unwrap();
    let keys = api.call(op::ListSshKeys {}).unwrap();
    assert_eq!(keys.iter().map(|key| key.key.clone()).collect::<Vec<_>>(), [key(1), key(2)]);
    let raw = api.send(&api.request(&op::ListSshKeys {}));
    let text = String::from_utf8_lossy(bytes(&raw)).into_owned();
    assert!(text.contains(&format!("\"id\":{}", keys[0].id)), "ids are numbers: {text}");
    api.call(remove(&keys[0].id)).unwrap();
    api.refuse(remove(&keys[0].id), 404, "There is no such SSH key.");
    api.refuse(remove("x"), 404, "There is no such SSH key.");
    assert_eq!(api.call(op::ListSshKeys {}).unwrap().len(), 1);
}

#[test]
fn what_is_no_public_key_is_refused() {
    let mut api = Api::on(Tier::Free);
    api.refuse(add(""), 422, "Ssh key can't be blank.");
    let private = "Ssh key is a private key. Keep it to yourself; paste the contents of the .pub file beside it.";
    api.refuse(add("-----BEGIN OPENSSH PRIVATE KEY-----"), 422, private);
    let unknown = "Ssh key must begin with its type, such as ssh-ed25519 or ssh-rsa.";
    api.refuse(add("~/.ssh/id_rsa.pub"), 422, unknown);
    api.refuse(add("ssh-rsa AAAA"), 422, "Ssh key is damaged: copy the whole line again.");
    let two = format!("{}\n{}", key(1), key(2));
    api.refuse(add(&two), 422, "Ssh key must be one key, on one line.");
    api.call(add(&key(1))).unwrap();
    let same = key(1).replace("laptop", "desktop");
    api.refuse(add(&same), 422, "Ssh key has already been taken.");
}

#[test]
fn fifty_keys_are_enough() {
    let mut api = Api::on(Tier::Free);
    for number in 0..50 {
        api.call(add(&key(number))).unwrap();
    }
    api.refuse(add(&key(50)), 422, "Ssh key is one too many: an account can have 50.");
}

#[test]
fn keys_of_others_are_out_of_reach() {
    let mut api = Api::on(Tier::Free);
    api.call(add(&key(1))).unwrap();
    let id = api.call(op::ListSshKeys {}).unwrap()[0].id.clone();
    api.join("eve@example.com", Tier::Free);
    assert!(api.call(op::ListSshKeys {}).unwrap().is_empty());
    api.refuse(remove(&id), 404, "There is no such SSH key.");
}
