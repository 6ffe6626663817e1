//! A session bus with a notification service on it, as far as a notification
//! needs one (D-Bus Specification 0.43): what it is told is kept.

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::sync::{Arc, Mutex};

/// A notification as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub summary: String,
    pub body: String,
}

/// What the service does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    Plain,
    /// It takes the body for markup.
    Markup,
    /// There is none on the bus.
    Missing,
}

/// The bus, until the end of the test.
pub struct Bus {
    shown: Arc<Mutex<Vec<Shown>>>,
    address: String,
}

impl Bus {
    /// Starts one with its socket in a folder.
    pub fn start(folder: &Path, service: Service) -> Self {
        let path = folder.join(format!("bus-{service:?}"));
        let _ = std::fs::remove_file(&path);
        let listener = UnixListener::bind(&path).unwrap();
        let shown = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&shown);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let kept = Arc::clone(&kept);
                // A peer that goes away ends its thread.
                std::thread::spawn(move || serve(stream, service, &kept));
            }
        });
        Self {
            shown,
            address: format!("unix:path={}", path.display()),
        }
    }

    /// The value for `DBUS_SESSION_BUS_ADDRESS`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What was shown so far.
    pub fn shown(&self) -> Vec<Shown> {
        self.shown.lock().unwrap().clone()
    }
}

fn serve(stream: UnixStream, service: Service, shown: &Mutex<Vec<Shown>>) -> Option<()> {
    let mut out = stream.try_clone().ok()?;
    let mut input = BufReader::new(stream);
    loop {
        let mut line = Vec::new();
        input.read_until(b'\n', &mut line).ok().filter(|n| *n > 0)?;
        let line = String::from_utf8_lossy(&line).into_owned();
        let answer = match line.trim_start_matches('\0').trim_end() {
            "BEGIN" => break,
            auth if auth.starts_with("AUTH EXTERNAL") => "OK 0123456789abcdef0123456789abcdef\r\n",
            _ => "ERROR\r\n",
        };
        out.write_all(answer.as_bytes()).ok()?;
    }
    loop {
        let message = Message::read(&mut input)?;
        let reply = match message.member.as_str() {
            "Hello" => Reply::Done("s", string(":1.1")),
            _ if message.interface != "org.freedesktop.Notifications" => {
                Reply::Done("", Vec::new())
            }
            _ if service == Service::Missing => Reply::Unknown,
            "GetCapabilities" => {
                let mut able = string("body");
                if service == Service::Markup {
                    pad(&mut able, 4);
                    able.extend(string("body-markup"));
                }
                let mut body = u32::try_from(able.len()).unwrap().to_le_bytes().to_vec();
                body.extend(able);
                Reply::Done("as", body)
            }
            _ => {
                let mut body = Bytes::new(&message.body);
                let _app = body.string()?;
                let _replaces = body.u32()?;
                let _icon = body.string()?;
                let told = Shown {
                    summary: body.string()?,
                    body: body.string()?,
                };
                shown.lock().unwrap().push(told);
                Reply::Done("u", 1u32.to_le_bytes().to_vec())
            }
        };
        if message.wants_reply {
            out.write_all(&reply.message(message.serial)).ok()?;
        }
    }
}

struct Message {
    serial: u32,
    wants_reply: bool,
    interface: String,
    member: String,
    body: Vec<u8>,
}

impl Message {
    fn read(input: &mut impl Read) -> Option<Self> {
        let mut start = [0; 16];
        input.read_exact(&mut start).ok()?;
        assert_eq!(start[0], b'l', "a machine with the other byte order");
        let number = |at: usize| u32::from_le_bytes(start[at..at + 4].try_into().unwrap());
        let fields = number(12) as usize;
        let mut rest = vec![0; fields.next_multiple_of(8)];
        input.read_exact(&mut rest).ok()?;
        let mut body = vec![0; number(4) as usize];
        input.read_exact(&mut body).ok()?;
        let mut message = Self {
            serial: number(8),
            wants_reply: start[1] == 1 && start[2] & 1 == 0,
            interface: String::new(),
            member: String::new(),
            body,
        };
        let mut fields = Bytes::new(&rest[..fields]);
        while let Some(code) = fields.field() {
            let kind = fields.short_string()?;
            let value = match kind.as_str() {
                "s" | "o" => fields.string()?,
                "g" => fields.short_string()?,
                "u" => fields.u32()?.to_string(),
                other => panic!("a header field of type {other}"),
            };
            match code {
                2 => message.interface = value,
                3 => message.member = value,
                _ => {}
            }
        }
        Some(message)
    }
}

/// Reads values where they are aligned.
struct Bytes<'a> {
    all: &'a [u8],
    at: usize,
}

impl<'a> Bytes<'a> {
    fn new(all: &'a [u8]) -> Self {
        Self { all, at: 0 }
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let taken = self.all.get(self.at..self.at + count)?;
        self.at += count;
        Some(taken)
    }

    fn field(&mut self) -> Option<u8> {
        self.at = self.at.next_multiple_of(8);
        self.take(1).map(|byte| byte[0])
    }

    fn u32(&mut self) -> Option<u32> {
        self.at = self.at.next_multiple_of(4);
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }

    fn text(&mut self, length: usize) -> Option<String> {
        let text = String::from_utf8(self.take(length)?.to_vec()).unwrap();
        self.take(1)?;
        Some(text)
    }

    fn string(&mut self) -> Option<String> {
        let length = self.u32()? as usize;
        self.text(length)
    }

    fn short_string(&mut self) -> Option<String> {
        let length = usize::from(self.take(1)?[0]);
        self.text(length)
    }
}

enum Reply {
    Done(&'static str, Vec<u8>),
    Unknown,
}

impl Reply {
    fn message(self, to: u32) -> Vec<u8> {
        let (kind, body) = match &self {
            Self::Done(_, body) => (2, body.clone()),
            Self::Unknown => (3, string("there is no such service")),
        };
        let mut fields = Vec::new();
        let mut field = |code: u8, kind: &str, value: &[u8]| {
            pad(&mut fields, 8);
            fields.push(code);
            fields.extend(short_string(kind));
            if kind != "g" {
                pad(&mut fields, 4);
            }
            fields.extend(value);
        };
        field(5, "u", &to.to_le_bytes());
        field(7, "s", &string("org.freedesktop.DBus"));
        match &self {
            Self::Done("", _) => {}
            Self::Done(signature, _) => field(8, "g", &short_string(signature)),
            Self::Unknown => {
                field(4, "s", &string("org.freedesktop.DBus.Error.ServiceUnknown"));
                field(8, "g", &short_string("s"));
            }
        }
        let mut message = vec![b'l', kind, 1, 1];
        for number in [body.len(), 1 + to as usize, fields.len()] {
            message.extend(u32::try_from(number).unwrap().to_le_bytes());
        }
        message.extend(fields);
        pad(&mut message, 8);
        message.extend(body);
        message
    }
}

fn pad(bytes: &mut Vec<u8>, to: usize) {
    bytes.resize(bytes.len().next_multiple_of(to), 0);
}

fn string(text: &str) -> Vec<u8> {
    let mut bytes = u32::try_from(text.len()).unwrap().to_le_bytes().to_vec();
    bytes.extend(text.as_bytes());
    bytes.push(0);
    bytes
}

fn short_string(text: &str) -> Vec<u8> {
    let mut bytes = vec![u8::try_from(text.len()).unwrap()];
    bytes.extend(text.as_bytes());
    bytes.push(0);
    bytes
}
