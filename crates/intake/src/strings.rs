//! The table of texts that the cells of a workbook name: its parser keeps all of it, and room for as many as it claims to have, before
//! anybody can ask for a cell.

use std::io::BufRead;

use quick_xml::events::Event;
use quick_xml::reader::Reader;

use crate::NotRead;

/// How the file of the table is called, wherever the workbook keeps it.
const FILE: &str = "sharedstrings.xml";

/// Whether an entry of the archive may be taken for the table.
pub(crate) fn is_table(entry: &str) -> bool {
    entry.to_lowercase().ends_with(FILE)
}

/// Refuses a table that has more texts than `most`, or claims so.
pub(crate) fn within(xml: impl BufRead, most: usize) -> Result<(), NotRead> {
    let mut reader = Reader::from_reader(xml);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.expand_empty_elements = true;
    let (mut buffer, mut count) = (Vec::new(), 0);
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(start)) => {
                let texts = match start.local_name().as_ref() {
                    "sst" => claimed(start.attributes_raw()),
                    "si" => {
                        count += 1;
                        count
                    }
                    _ => 0,
                };
                if texts > most {
                    return Err(NotRead::Swells);
                }
            }
            // What is damaged is for the parser to say.
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
    }
}

/// The largest number that any attribute gives which could be taken for the count of the texts.
fn claimed(attributes: &str) -> usize {
    let number = |behind: &str| {
        let digits = behind.trim_start_matches(|sign: char| !sign.is_ascii_digit());
        let end = digits.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(digits.len());
        // A number that is beyond all numbers is more than any.
        if end == 0 { 0 } else { digits[..end].parse().unwrap_or(usize::MAX) }
    };
    attributes.split("uniqueCount").skip(1).map(number).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_counted_by_what_is_there_and_by_what_is_claimed() {
        let of = |xml: &str| within(xml.as_bytes(), 2);
        assert_eq!(of("<sst count=\"9\" uniqueCount=\"2\"><si><t>a</t></si><si/></sst>"), Ok(()));
        assert_eq!(of("<sst uniqueCount=\"2\"><si/><si><t>a</t></si><x:si/></sst>"), Err(NotRead::Swells));
        assert_eq!(of("<x:sst uniqueCount = '1000000000000'/>"), Err(NotRead::Swells));
        assert_eq!(of("<sst uniqueCount=\"99999999999999999999999\"/>"), Err(NotRead::Swells));
        assert_eq!(of("<!-- <si/><si/><si/> --><sst uniqueCount=\"\">"), Ok(()));
        assert!(is_table("xl/sharedStrings.xml") && is_table("other\\SHAREDSTRINGS.XML") && !is_table("xl/styles.xml"));
    }
}
