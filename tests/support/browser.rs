//! A real Chromium without a window, spoken to through a pipe in the DevTools
//! protocol: JSON, each message ended by NUL. One runs for all tests; it ends
//! when the pipe does.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};

/// Nothing takes longer on any machine.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Browser {
    input: ChildStdin,
    messages: Receiver<Value>,
    last: u64,
    /// Files of the pages.
    folder: PathBuf,
    pages: u32,
}

/// The browser, for one test at a time; `None` where there is none.
pub fn browser() -> Option<MutexGuard<'static, Browser>> {
    static BROWSER: OnceLock<Option<Mutex<Browser>>> = OnceLock::new();
    let browser = BROWSER
        .get_or_init(|| Browser::start().map(Mutex::new))
        .as_ref();
    if browser.is_none() {
        // Past the harness, which keeps the output of tests that pass.
        let _ = writeln!(std::io::stderr(), "skipped: there is no chromium here");
    }
    // A test that failed leaves its page behind, and no more.
    browser.map(|b| b.lock().unwrap_or_else(PoisonError::into_inner))
}

fn program() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders = std::env::split_paths(&path);
    folders.find_map(|folder| {
        let names = ["chromium", "chromium-browser", "google-chrome"].into_iter();
        names.map(|name| folder.join(name)).find(|p| p.is_file())
    })
}

impl Browser {
    fn start() -> Option<Self> {
        let program = program()?;
        // Below the folder of the build: what is left of it goes with that.
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser");
        let _ = std::fs::remove_dir_all(&root);
        let folder = root.join(std::process::id().to_string());
        std::fs::create_dir_all(&folder).unwrap();
        // The protocol is spoken on the descriptors 3 and 4.
        let mut child = Command::new("sh")
            .args([
                "-c",
                "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1",
            ])
            .arg(program)
            .args([
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-default-apps",
                "--disable-extensions",
                "--disable-sync",
                "--no-first-run",
                "--hide-scrollbars",
                "--force-color-profile=srgb",
                "--remote-debugging-pipe",
            ])
            .arg(format!(
                "--user-data-dir={}",
                folder.join("profile").display()
            ))
            .env("HOME", &folder)
            .env("TZ", "UTC")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        let input = child.stdin.take()?;
        let mut output = BufReader::new(child.stdout.take()?);
        let (send, messages) = channel();
        std::thread::spawn(move || {
            let mut message = Vec::new();
            while output.read_until(0, &mut message).is_ok_and(|n| n > 0) {
                message.pop();
                let read = serde_json::from_slice(&message).unwrap();
                if send.send(read).is_err() {
                    break;
                }
                message.clear();
            }
            let _ = child.wait();
        });
        Some(Self {
            input,
            messages,
            last: 0,
            folder,
            pages: 0,
        })
    }

    /// Opens a page from the disk, in a window of its own.
    pub fn open(&mut self, html: &str) -> Page<'_> {
        self.pages += 1;
        let path = self.folder.join(format!("page-{}.html", self.pages));
        std::fs::write(&path, html).unwrap();
        let address = format!("file://{}", path.display());
        let target = self.call(
            None,
            "Target.createTarget",
            json!({"url": "about:blank"}),
            &mut Vec::new(),
        );
        let target = target["targetId"].as_str().unwrap().to_owned();
        let attach = json!({"targetId": target, "flatten": true});
        let attached = self.call(None, "Target.attachToTarget", attach, &mut Vec::new());
        let mut page = Page {
            session: attached["sessionId"].as_str().unwrap().to_owned(),
            target,
            address: address.clone(),
            events: Vec::new(),
            browser: self,
        };
        for domain in ["Page", "Runtime", "Network", "Log"] {
            page.call(&format!("{domain}.enable"), json!({}));
        }
        page.size(1000, 800);
        page.call("Page.navigate", json!({"url": address}));
        page.until("Page.loadEventFired");
        page
    }

    /// Sends a command and waits for its result; what happens meanwhile is noted.
    fn call(
        &mut self,
        session: Option<&str>,
        method: &str,
        params: Value,
        events: &mut Vec<Value>,
    ) -> Value {
        self.last += 1;
        let mut message = json!({"id": self.last, "method": method, "params": params});
        if let Some(session) = session {
            message["sessionId"] = session.into();
        }
        let mut bytes = serde_json::to_vec(&message).unwrap();
        bytes.push(0);
        self.input.write_all(&bytes).unwrap();
        loop {
            let mut answer = self.next();
            if answer["id"] == self.last {
                assert!(answer["error"].is_null(), "{method}: {answer}");
                return answer["result"].take();
            }
            events.push(answer);
        }
    }

    fn next(&mut self) -> Value {
        self.messages
            .recv_timeout(PATIENCE)
            .expect("the browser says nothing")
    }
}

/// A page in the browser.
pub struct Page<'a> {
    session: String,
    target: String,
    address: String,
    events: Vec<Value>,
    browser: &'a mut Browser,
}

impl Page<'_> {
    fn call(&mut self, method: &str, params: Value) -> Value {
        let session = self.session.clone();
        self.browser
            .call(Some(&session), method, params, &mut self.events)
    }

    fn until(&mut self, event: &str) {
        while !self.events.iter().any(|e| e["method"] == event) {
            let next = self.browser.next();
            self.events.push(next);
        }
    }

    /// The value of an expression; a promise is waited for.
    #[track_caller]
    pub fn eval(&mut self, script: &str) -> Value {
        let params = json!({"expression": script, "returnByValue": true, "awaitPromise": true});
        let mut result = self.call("Runtime.evaluate", params);
        assert!(result["exceptionDetails"].is_null(), "{script}: {result}");
        result["result"]["value"].take()
    }

    /// The value of an expression as text.
    #[track_caller]
    pub fn text(&mut self, script: &str) -> String {
        match self.eval(script) {
            Value::String(text) => text,
            other => panic!("{script} is {other}"),
        }
    }

    /// The size of the window.
    pub fn size(&mut self, width: u32, height: u32) {
        let params =
            json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.call("Emulation.setDeviceMetricsOverride", params);
    }

    /// What the reader prefers: `prefers-color-scheme`, `dark`.
    pub fn prefer(&mut self, features: &[(&str, &str)]) {
        let one = |(name, value): &(&str, &str)| json!({"name": name, "value": value});
        let features: Vec<Value> = features.iter().map(one).collect();
        self.call("Emulation.setEmulatedMedia", json!({"features": features}));
    }

    /// Presses a key, by its name in the DOM.
    pub fn key(&mut self, key: &str) {
        let (code, number, text) = match key {
            " " => ("Space", 32, " "),
            "Enter" => ("Enter", 13, "\r"),
            "Tab" => ("Tab", 9, ""),
            "ArrowUp" => ("ArrowUp", 38, ""),
            "ArrowDown" => ("ArrowDown", 40, ""),
            "End" => ("End", 35, ""),
            "Home" => ("Home", 36, ""),
            other => panic!("no key {other}"),
        };
        let kind = if text.is_empty() {
            "rawKeyDown"
        } else {
            "keyDown"
        };
        for kind in [kind, "keyUp"] {
            let params = json!({
                "type": kind, "key": key, "code": code, "text": text,
                "windowsVirtualKeyCode": number, "nativeVirtualKeyCode": number,
            });
            self.call("Input.dispatchKeyEvent", params);
        }
    }

    /// Types into whatever has the focus.
    pub fn type_text(&mut self, text: &str) {
        for letter in text.chars() {
            let params =
                json!({"type": "keyDown", "key": letter.to_string(), "text": letter.to_string()});
            self.call("Input.dispatchKeyEvent", params);
            let params = json!({"type": "keyUp", "key": letter.to_string()});
            self.call("Input.dispatchKeyEvent", params);
        }
    }

    /// Tab until the element is reached, as somebody without a mouse.
    #[track_caller]
    pub fn tab_to(&mut self, selector: &str) {
        let there = format!("document.activeElement.matches({})", json!(selector));
        for _ in 0..80 {
            self.key("Tab");
            if self.eval(&there) == true {
                return;
            }
        }
        panic!("Tab does not lead to {selector}");
    }

    /// The middle of an element, scrolled into view.
    #[track_caller]
    pub fn middle(&mut self, selector: &str) -> (f64, f64) {
        let script = format!(
            "(() => {{ const e = document.querySelector({}); e.scrollIntoView({{block: 'center'}}); \
             const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; }})()",
            json!(selector)
        );
        let at = self.eval(&script);
        (at[0].as_f64().unwrap(), at[1].as_f64().unwrap())
    }

    fn mouse(&mut self, kind: &str, (x, y): (f64, f64)) {
        let held = u32::from(kind != "mouseReleased");
        let params = json!({
            "type": kind, "x": x, "y": y, "button": "left", "buttons": held, "clickCount": 1,
        });
        self.call("Input.dispatchMouseEvent", params);
    }

    pub fn click(&mut self, selector: &str) {
        let at = self.middle(selector);
        self.mouse("mousePressed", at);
        self.mouse("mouseReleased", at);
    }

    /// Drags an element until the pointer is below the middle of another.
    pub fn drag(&mut self, selector: &str, below: &str) {
        let from = self.middle(selector);
        self.mouse("mousePressed", from);
        let script = format!(
            "(() => {{ const b = document.querySelector({}).getBoundingClientRect(); \
             return b.y + b.height * 0.75; }})()",
            json!(below)
        );
        let to = self.eval(&script).as_f64().unwrap();
        for step in 1..=8 {
            let y = from.1 + (to - from.1) * f64::from(step) / 8.0;
            self.mouse("mouseMoved", (from.0, y));
        }
        self.mouse("mouseReleased", (from.0, to));
    }

    /// What is on the clipboard; the page is allowed to read it for that.
    pub fn clipboard(&mut self) -> String {
        let params = json!({"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]});
        self.browser
            .call(None, "Browser.grantPermissions", params, &mut self.events);
        self.text("navigator.clipboard.readText()")
    }

    /// A picture of the page, as wide as the window, from an element on.
    pub fn picture(&mut self, selector: &str, width: u32, height: u32) -> Vec<u8> {
        self.size(width, height);
        let script = format!(
            "document.querySelector({}).getBoundingClientRect().top + scrollY",
            json!(selector)
        );
        let top = self.eval(&script).as_f64().unwrap().floor();
        let clip = json!({"x": 0, "y": top, "width": width, "height": height, "scale": 1});
        let params = json!({"format": "png", "clip": clip, "captureBeyondViewport": true});
        let shot = self.call("Page.captureScreenshot", params);
        base64(shot["data"].as_str().unwrap())
    }

    /// The page as printed, the paper in inches.
    pub fn print(&mut self, width: f64, height: f64) -> Vec<u8> {
        let params =
            json!({"paperWidth": width, "paperHeight": height, "preferCSSPageSize": false});
        let printed = self.call("Page.printToPDF", params);
        base64(printed["data"].as_str().unwrap())
    }

    /// Whatever the page asked for besides itself, what the policy refused, what
    /// went wrong in a script, and windows that popped up.
    pub fn trouble(&mut self) -> Vec<String> {
        // Whatever was under way has been told by then.
        self.eval("new Promise(done => setTimeout(done, 50))");
        let own = self.address.clone();
        let told = self.events.iter().filter(|e| match e["method"].as_str() {
            // The browser's own picture of a calendar is an address with the data in it.
            Some("Network.requestWillBeSent") => {
                let url = e["params"]["request"]["url"].as_str().unwrap_or_default();
                url != own && !url.starts_with("data:")
            }
            Some(
                "Log.entryAdded"
                | "Runtime.exceptionThrown"
                | "Runtime.consoleAPICalled"
                | "Page.javascriptDialogOpening"
                | "Page.frameRequestedNavigation",
            ) => true,
            _ => false,
        });
        told.map(ToString::to_string).collect()
    }
}

impl Drop for Page<'_> {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let params = json!({"targetId": self.target});
            self.browser
                .call(None, "Target.closeTarget", params, &mut Vec::new());
        }
    }
}

fn base64(text: &str) -> Vec<u8> {
    use ::base64::Engine as _;
    ::base64::engine::general_purpose::STANDARD
        .decode(text)
        .unwrap()
}
