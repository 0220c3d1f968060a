//! The DNS record that a custom domain needs.

use backoffice_contract::network::Domain;

/// Labels below which a country registers names, as in `example.co.uk`. Which they are
/// is each registry's own business; these cover most.
const SECOND_LEVEL: [&str; 12] =
    ["ac", "co", "com", "edu", "go", "gob", "gov", "gv", "ne", "net", "or", "org"];

/// A record as a DNS provider asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DnsRecord {
    /// `CNAME`, or `ALIAS` where DNS allows no CNAME.
    pub kind: &'static str,
    /// The name inside of its zone; `@` is the zone itself.
    pub name: String,
    /// What it points at.
    pub value: String,
}

/// The record of a domain. At the top of a zone other records must stand beside it,
/// which a CNAME does not suffer (RFC 1034 section 3.6.2).
#[must_use]
pub fn record_of(domain: &Domain) -> DnsRecord {
    let zone = zone(&domain.fqdn);
    let name = domain.fqdn.strip_suffix(zone).unwrap_or_default().trim_end_matches('.');
    let (kind, name) = if name.is_empty() { ("ALIAS", "@") } else { ("CNAME", name) };
    DnsRecord { kind, name: name.to_owned(), value: domain.target() }
}

/// Whether the name is the top of its zone.
#[must_use]
pub fn is_apex(fqdn: &str) -> bool {
    zone(fqdn) == fqdn
}

/// The name that people type as often: with `www.` or without it. Only for the top of a
/// zone and the `www` of it.
#[must_use]
pub fn counterpart(fqdn: &str) -> Option<String> {
    if is_apex(fqdn) {
        return Some(format!("www.{fqdn}"));
    }
    fqdn.strip_prefix("www.").filter(|rest| is_apex(rest)).map(str::to_owned)
}

/// The zone that a name is most likely in: what somebody registered.
fn zone(fqdn: &str) -> &str {
    let mut dots = fqdn.rmatch_indices('.').map(|(at, _)| at);
    let last = dots.next().unwrap_or_default();
    let before = dots.next();
    let labels = |from: usize| fqdn.get(from..).unwrap_or(fqdn);
    let Some(second) = before else { return fqdn };
    let country = fqdn.len() - last - 1 == 2;
    let middle = fqdn.get(second + 1..last).unwrap_or_default();
    if country && SECOND_LEVEL.contains(&middle) {
        dots.next().map_or(fqdn, |third| labels(third + 1))
    } else {
        labels(second + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(fqdn: &str, kind: &'static str, name: &str) {
        let domain = Domain { fqdn: fqdn.to_owned(), ..Default::default() };
        let record = record_of(&domain);
        assert_eq!((record.kind, record.name.as_str()), (kind, name), "{fqdn}");
        assert_eq!(record.value, format!("{fqdn}.gigalixirdns.com"));
    }

    #[test]
    fn the_top_of_a_zone_needs_another_record() {
        check("example.com", "ALIAS", "@");
        check("www.example.com", "CNAME", "www");
        check("a.b.example.com", "CNAME", "a.b");
        check("example.co.uk", "ALIAS", "@");
        check("shop.example.co.uk", "CNAME", "shop");
        check("www.example.uk", "CNAME", "www");
        check("co.example", "ALIAS", "@");
    }

    #[test]
    fn the_server_knows_the_target_best() {
        let cname = Some("elsewhere.example".to_owned());
        let domain = Domain { fqdn: "www.example.com".into(), cname, state: None };
        assert_eq!(record_of(&domain).value, "elsewhere.example");
    }

    #[test]
    fn apex_and_www_belong_together() {
        assert_eq!(counterpart("example.com").as_deref(), Some("www.example.com"));
        assert_eq!(counterpart("www.example.co.uk").as_deref(), Some("example.co.uk"));
        assert_eq!(counterpart("shop.example.com"), None);
        assert_eq!(counterpart("www.shop.example.com"), None);
    }
}
