//! How the size of a folder is felt.

#[path = "../askfirst/briefs.rs"]
mod briefs;
mod folder;

use std::path::PathBuf;

use folder::Open;

type Error = Box<dyn std::error::Error>;

fn main() -> Result<(), Error> {
    let args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| a != "--bench")
        .collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["generate", dir, count] => folder::write(&PathBuf::from(dir), count.parse()?, Open::Share),
        ["generate", dir, count, open] => {
            let open = Open::Only(open.parse()?);
            folder::write(&PathBuf::from(dir), count.parse()?, open)
        }
        _ => Err("generate DIR COUNT [OPEN]".into()),
    }
}
