//! `hook`.
use super::{Done, Streams};
/// x
#[derive(Debug, clap::Args)]
pub struct Args {}
pub fn run(_: &Args, _: &mut Streams) -> Done {
    Ok(())
}
