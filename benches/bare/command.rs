//! The least that a program with the same command-line library can be: it
//! parses one word and ends.

#[derive(Debug, clap::Parser)]
#[command(version)]
struct Args {
    /// What to do
    command: Option<String>,
}

fn main() {
    let args = <Args as clap::Parser>::parse();
    std::process::exit(i32::from(args.command.as_deref() == Some("fail")));
}
