//! A static server for one directory: enough for a browser on this machine, and no more.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::{Component, Path, PathBuf},
    sync::Arc,
    thread,
    time::Duration,
};

use crate::{Outcome, finish};

#[cfg(test)]
mod tests;

/// Longest request head that is read.
const HEAD_LIMIT: u64 = 16 * 1024;

/// A bound port and what is to be served there.
pub struct Server {
    listener: TcpListener,
    dist: PathBuf,
    policy: String,
}

/// Serves a directory on any free port until this program ends; gives the address.
pub fn start(dist: &Path) -> Outcome<String> {
    let server = Server::bind(dist, 0)?;
    let address = server.address()?;
    thread::spawn(move || server.serve());
    Ok(address)
}

impl Server {
    /// Binds the first free port from `port` on, on this machine only; 0 is any free port.
    pub fn bind(dist: &Path, port: u16) -> Outcome<Self> {
        let index = dist.join("index.html");
        let html = fs::read_to_string(&index)
            .map_err(|error| format!("cannot read {}: {error}", index.display()))?;
        let listener = (port..=port.saturating_add(100))
            .find_map(|port| TcpListener::bind(("127.0.0.1", port)).ok())
            .ok_or_else(|| format!("no free port from {port} on"))?;
        Ok(Self {
            listener,
            dist: dist.to_owned(),
            policy: finish::policy_of(&html).unwrap_or_default().to_owned(),
        })
    }

    /// Where the page is.
    pub fn address(&self) -> Outcome<String> {
        let address = self
            .listener
            .local_addr()
            .map_err(|error| error.to_string())?;
        Ok(format!("http://{address}"))
    }

    /// Serves until the process ends.
    pub fn serve(self) {
        let server = Arc::new(self);
        for stream in server.listener.incoming().flatten() {
            let server = Arc::clone(&server);
            // A browser that hangs up is its own affair.
            thread::spawn(move || server.answer(&stream));
        }
    }

    fn answer(&self, stream: &TcpStream) -> std::io::Result<()> {
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        let mut lines = BufReader::new(stream.take(HEAD_LIMIT)).lines();
        let first = lines.next().transpose()?.unwrap_or_default();
        for line in lines {
            if line?.is_empty() {
                break;
            }
        }
        let (status, mime, body) = self.find(&first);
        self.respond(stream, &first, status, mime, &body)
    }

    /// Status, type and content for a request line.
    fn find(&self, request: &str) -> (&'static str, &'static str, Vec<u8>) {
        let plain = "text/plain; charset=utf-8";
        let mut words = request.split(' ');
        if !matches!(words.next(), Some("GET" | "HEAD")) {
            return ("405 Method Not Allowed", plain, b"only GET\n".to_vec());
        }
        let found = file_of(words.next().unwrap_or_default()).and_then(|file| {
            let body = fs::read(self.dist.join(&file)).ok()?;
            Some(("200 OK", mime_of(&file), body))
        });
        found.unwrap_or_else(|| ("404 Not Found", plain, b"not found\n".to_vec()))
    }

    fn respond(
        &self,
        mut stream: &TcpStream,
        request: &str,
        status: &str,
        mime: &str,
        body: &[u8],
    ) -> std::io::Result<()> {
        write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Type: {mime}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
             Content-Security-Policy: {}\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n\
             Cross-Origin-Opener-Policy: same-origin\r\nConnection: close\r\n\r\n",
            body.len(),
            self.policy,
        )?;
        if !request.starts_with("HEAD ") {
            stream.write_all(body)?;
        }
        stream.flush()
    }
}

/// The file that an address names, if it stays inside the directory.
fn file_of(target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let file = if path.is_empty() { "index.html" } else { path };
    let file = PathBuf::from(file);
    let inside = file
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    inside.then_some(file)
}

fn mime_of(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json" | "webmanifest") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("yaml" | "yml" | "txt" | "md") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
