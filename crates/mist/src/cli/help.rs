use clap::builder::StyledStr;
use clap::{Arg, ArgAction, Command};
use kernel::Lang;
use web::Words;

/// The command with its help: each line in Japanese, English beside it.
pub(super) fn explained(command: Command) -> Command {
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version).help(both("cli-arg-version"));
    explain(command.disable_version_flag(true).arg(version), "cli")
}

fn explain(command: Command, key: &str) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let arguments: Vec<String> = command.get_arguments().map(|argument| argument.get_id().to_string()).collect();
    let has_positionals = command.get_positionals().next().is_some();
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help(both("cli-arg-help"));
    let command = command.about(both(key)).disable_help_flag(true).arg(help).help_template(template(!names.is_empty(), has_positionals));
    let command = arguments.into_iter().fold(command, |command, id| {
        command.mut_arg(id.clone(), |argument| argument.help(both(&format!("cli-arg-{}", id.replace('_', "-")))))
    });
    names.into_iter().fold(command, |command, name| command.mut_subcommand(name.clone(), |sub| explain(sub, &format!("{key}-{name}"))))
}

/// Headings are ours, so that they too are in both languages.
fn template(has_commands: bool, has_arguments: bool) -> StyledStr {
    let heading = |key: &str, what: &str| format!("\n{}:\n{{{what}}}\n", both(key));
    let commands = if has_commands { heading("cli-commands", "subcommands") } else { String::new() };
    let arguments = if has_arguments { heading("cli-arguments", "positionals") } else { String::new() };
    format!("{{about}}\n\n{}: {{usage}}\n{commands}{arguments}{}", both("cli-usage"), heading("cli-options", "options")).into()
}

fn both(key: &str) -> String {
    format!("{}  {}", Words::of(Lang::Ja).t(key), Words::of(Lang::En).t(key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::arguments::Cli;
    use clap::CommandFactory as _;

    /// The help of a command and of everything below it.
    fn pages(command: &mut Command) -> Vec<String> {
        let mut pages = vec![command.render_long_help().to_string()];
        for sub in command.get_subcommands_mut() {
            pages.extend(pages_of(sub));
        }
        pages
    }

    fn pages_of(command: &mut Command) -> Vec<String> {
        pages(command)
    }

    #[test]
    fn help_is_there_in_both_languages() {
        let mut command = explained(Cli::command());
        command.build();
        let all = pages(&mut command);
        assert!(all.len() > 15, "every command has its help");
        for page in all {
            assert!(page.contains("使い方") && page.contains("Usage"), "{page}");
        }
        command.debug_assert();
    }
}
