/// A pattern for `LIKE … ESCAPE '!'` that finds `text` anywhere, taken literally; nothing for nothing.
pub fn holding(text: &str) -> String {
    let literal = text.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    if literal.is_empty() { literal } else { format!("%{literal}%") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_a_pattern_are_meant_literally() {
        assert_eq!(holding("病院"), "%病院%");
        assert_eq!(holding("100%_!"), "%100!%!_!!%");
        assert_eq!(holding(""), "");
    }
}
