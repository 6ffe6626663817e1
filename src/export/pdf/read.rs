//! What is drawn on the pages of a PDF, as bytes to compare: enough of a reader
//! for files that this program wrote and others changed.

use std::collections::BTreeMap;
use std::io::Read;

/// More, unpacked and over all of its streams, is no export of this program: a
/// file of some megabytes can be made that unpacks to gigabytes.
const LONGEST: usize = 32 * 1024 * 1024;

/// How many bytes may still be unpacked.
struct Room(usize);

/// The contents of each page, in the order of the objects. A page that cannot
/// be read has none.
pub(crate) fn contents_of_pages(file: &[u8]) -> Vec<Vec<u8>> {
    let mut room = Room(LONGEST);
    let objects = objects(file, &mut room);
    let pages = objects.values().filter(|body| is_page(body));
    pages
        .map(|body| {
            let streams = references(body, b"/Contents");
            let streams = streams.iter().filter_map(|number| objects.get(number));
            let streams = streams.filter_map(|body| stream(body, &mut room));
            streams.flatten().collect()
        })
        .collect()
}

fn is_page(body: &[u8]) -> bool {
    let dictionary = body.get(..find(body, b"stream").unwrap_or(body.len()));
    let mut rest = dictionary.unwrap_or_default();
    while let Some(at) = find(rest, b"/Type") {
        rest = rest.get(at + b"/Type".len()..).unwrap_or_default();
        let value = rest.trim_ascii_start();
        if let Some(after) = value.strip_prefix(b"/Page")
            && !after.first().is_some_and(u8::is_ascii_alphanumeric)
        {
            return true;
        }
    }
    false
}

/// All objects by their numbers. What was written later replaces what was
/// there before, as when a program appends its changes.
fn objects(file: &[u8], room: &mut Room) -> BTreeMap<u64, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut at = 0;
    while let Some(offset) = file.get(at..).and_then(|rest| find(rest, b" obj")) {
        let keyword = at + offset;
        let body = file.get(keyword + 4..).unwrap_or_default();
        let end = end_of(body);
        let number = file.get(..keyword).and_then(number_before);
        if let (Some(number), Some(body)) = (number, body.get(..end)) {
            found.insert(number, body.to_vec());
        }
        at = keyword + 4 + end;
    }
    let packed: Vec<Vec<u8>> = found
        .values()
        .filter(|body| find(body, b"/ObjStm").is_some())
        .cloned()
        .collect();
    for body in packed {
        unpack(&body, &mut found, room);
    }
    found
}

/// The end of an object; a stream in it may hold any bytes.
fn end_of(body: &[u8]) -> usize {
    let end = find(body, b"endobj").unwrap_or(body.len());
    // Looked for no further: else many objects would be searched to the end each.
    match find(body.get(..end).unwrap_or_default(), b"stream") {
        Some(at) => {
            let inside = body.get(at..).unwrap_or_default();
            find(inside, b"endstream").map_or(body.len(), |close| at + close + b"endstream".len())
        }
        _ => end,
    }
}

/// The number of the object in `12 0` at the end of some bytes.
fn number_before(bytes: &[u8]) -> Option<u64> {
    let tail = bytes.get(bytes.len().saturating_sub(24)..)?;
    let tail = String::from_utf8_lossy(tail).into_owned();
    let mut words = tail.split_ascii_whitespace().rev();
    words.next()?.parse::<u64>().ok()?;
    words.next()?.parse().ok()
}

/// Objects inside a stream: pairs of number and place, then the objects.
fn unpack(body: &[u8], into: &mut BTreeMap<u64, Vec<u8>>, room: &mut Room) {
    let Some(inside) = stream(body, room) else {
        return;
    };
    let first = numbers_after(body, b"/First").first().copied();
    let Some(first) = first.and_then(|f| usize::try_from(f).ok()) else {
        return;
    };
    let head = String::from_utf8_lossy(inside.get(..first).unwrap_or_default()).into_owned();
    let numbers: Vec<u64> = head
        .split_ascii_whitespace()
        .map_while(|word| word.parse().ok())
        .collect();
    let (pairs, _) = numbers.as_chunks::<2>();
    for (at, [number, from]) in pairs.iter().enumerate() {
        let place = |from: u64| usize::try_from(from).ok().map(|f| first + f);
        let to = pairs.get(at + 1).and_then(|[_, next]| place(*next));
        let object = place(*from).and_then(|from| inside.get(from..to.unwrap_or(inside.len())));
        if let Some(object) = object
            && let Some(left) = room.0.checked_sub(object.len())
        {
            // Objects that are said to overlap are copied each.
            room.0 = left;
            into.entry(*number).or_insert_with(|| object.to_vec());
        }
    }
}

/// The bytes of a stream, unpacked, and no more than there is room for.
fn stream(body: &[u8], room: &mut Room) -> Option<Vec<u8>> {
    let at = find(body, b"stream")?;
    let (dictionary, rest) = body.split_at_checked(at)?;
    let rest = rest.strip_prefix(b"stream")?;
    let rest = rest.strip_prefix(b"\r").unwrap_or(rest);
    let rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    let packed = rest.get(..find(rest, b"endstream").unwrap_or(rest.len()))?;
    if find(dictionary, b"/FlateDecode").is_none() {
        room.0 = room.0.checked_sub(packed.len())?;
        return Some(packed.trim_ascii_end().to_vec());
    }
    let mut unpacked = Vec::new();
    let mut reader = flate2::read::ZlibDecoder::new(packed).take(room.0 as u64);
    let read = reader.read_to_end(&mut unpacked);
    room.0 = room.0.saturating_sub(unpacked.len());
    read.ok()?;
    Some(unpacked.trim_ascii_end().to_vec())
}

/// The objects that a key refers to: `/Contents 5 0 R` or `[5 0 R 6 0 R]`.
fn references(body: &[u8], key: &[u8]) -> Vec<u64> {
    let numbers = numbers_after(body, key);
    numbers.as_chunks::<2>().0.iter().map(|[n, _]| *n).collect()
}

fn numbers_after(body: &[u8], key: &[u8]) -> Vec<u64> {
    let Some(at) = find(body, key) else {
        return Vec::new();
    };
    let rest = body.get(at + key.len()..).unwrap_or_default();
    let value = rest
        .split(|b| matches!(b, b'/' | b'>' | b']'))
        .next()
        .unwrap_or_default();
    String::from_utf8_lossy(value)
        .replace('[', " ")
        .split_ascii_whitespace()
        .filter(|word| *word != "R")
        .map_while(|word| word.parse().ok())
        .collect()
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    // The first byte is found fast; few places are compared in full.
    let first = *what.first()?;
    let mut at = 0;
    loop {
        let rest = bytes.get(at..)?;
        let offset = rest.iter().position(|b| *b == first)?;
        if rest.get(offset..)?.starts_with(what) {
            return Some(at + offset);
        }
        at += offset + 1;
    }
}
