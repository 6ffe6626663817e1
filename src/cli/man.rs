//! `man`.

use std::path::PathBuf;

use super::{Done, Failure, Streams, files, paste};
use crate::storage::Replace;

/// Print the manual page, or write one for each command
///
/// Examples:
///   askfirst man | man -l -
///   askfirst man --output ~/.local/share/man/man1
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// A folder for the pages of all commands
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
}

pub fn run(args: &Args, streams: &mut Streams) -> Done {
    let mut root = super::command();
    root.build();
    let Some(folder) = &args.output else {
        streams.out.write_all(page(&root)?.as_bytes())?;
        return Ok(());
    };
    if !folder.is_dir() {
        return Err(
            Failure::new(format!("there is no folder {}", folder.display())).hint(format!(
                "make it with: mkdir -p {}",
                paste::word_of_shell(&folder.display().to_string())
            )),
        );
    }
    let mut waiting = vec![("askfirst".to_owned(), root)];
    let mut written = 0;
    while let Some((name, command)) = waiting.pop() {
        for sub in command.get_subcommands() {
            waiting.push((format!("{name}-{}", sub.get_name()), sub.clone()));
        }
        files::write(
            &folder.join(format!("{name}.1")),
            &page(&command)?,
            Replace::Always,
        )?;
        written += 1;
    }
    writeln!(streams.out, "Wrote {written} pages to {}", folder.display())?;
    Ok(())
}

fn page(command: &clap::Command) -> Result<String, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}
