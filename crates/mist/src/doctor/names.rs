use web::Settings;

use super::Finding;

/// Who answers for the portal: what visitors read at the foot of pages and on certificates, and where their questions go.
const NAMES: [&str; 16] = [
    "operator.name_ja",
    "operator.name_en",
    "operator.office_ja",
    "operator.office_en",
    "operator.address_ja",
    "operator.address_en",
    "copyright.line_ja",
    "copyright.line_en",
    "contact.portal.organization_ja",
    "contact.portal.organization_en",
    "contact.portal.mail",
    "contact.programme.organization_ja",
    "contact.programme.organization_en",
    "contact.programme.mail",
    "certificate.issuer",
    "certificate.seal",
];

/// Names and addresses of the sample are nobody's. They mislead, but a start need not wait for them: they are changed on a page, too.
pub(super) fn examine(settings: &Settings) -> Finding {
    let shipped = Settings::shipped();
    let samples: Vec<&str> = NAMES.into_iter().filter(|name| settings.get(name) == shipped.get(name)).collect();
    if samples.is_empty() { Finding::fine("names") } else { Finding::notice("names", samples.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gazette::settings::Field;

    #[test]
    fn every_name_of_the_sample_is_told_of_and_can_be_set() {
        assert_eq!(examine(&Settings::shipped()), Finding::notice("names", NAMES.join(", ")));
        for name in NAMES {
            assert!(Field::find(name).is_some_and(|field| !field.current(&Settings::shipped()).is_empty()), "{name}");
        }
    }
}
