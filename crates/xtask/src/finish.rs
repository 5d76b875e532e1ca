//! What trunk leaves to do: names that carry a hash of the content, the examples in one file, the content security policy, and
//! the service worker that keeps all of it.

mod examples;
mod offline;

use std::{fs, path::Path};

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

use crate::Outcome;

#[cfg(test)]
mod tests;

/// Pictures that are exported as pixels are drawn from a blob of the page's own making.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'HASHES; style-src 'self'; \
    img-src 'self' blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; \
    base-uri 'none'; form-action 'none'";

const POLICY_START: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"";

/// Finishes the page that trunk built in `dist`.
pub fn finish(dist: &Path) -> Outcome {
    let worker = name_worker(dist, "worker")?;
    let checker = name_worker(dist, "checker")?;
    let editor = name_editor(dist)?;
    let index = dist.join("index.html");
    let html = read(&index)?;
    let html = set_meta(&html, "tierwalk-worker", &worker)?;
    let html = set_meta(&html, "tierwalk-checker", &checker)?;
    let html = set_meta(&html, "tierwalk-editor", &editor)?;
    let html = set_meta(&html, "tierwalk-examples", &examples::pack(dist)?)?;
    write(&index, &add_policy(&html)?)?;
    offline::write_worker(dist)
}

/// The policy that a finished page carries, to be sent as a header too.
pub fn policy_of(html: &str) -> Option<&str> {
    let (_, rest) = html.split_once(POLICY_START)?;
    rest.split_once('"').map(|(policy, _)| policy)
}

/// One script that starts a worker, paired with its own Wasm by name: a page never gets an older one.
fn name_worker(dist: &Path, what: &str) -> Outcome<String> {
    let script = dist.join(format!("tierwalk-{what}.js"));
    let wasm = dist.join(format!("tierwalk-{what}_bg.wasm"));
    let text = read(&script)?;
    let code = bytes(&wasm)?;
    let hash = short_hash(&[text.as_bytes(), &code]);
    let start = format!("{text}\nwasm_bindgen({{ module_or_path: \"./{what}-{hash}.wasm\" }});\n");
    let name = format!("{what}-{hash}.js");
    write(&dist.join(&name), &start)?;
    rename(&wasm, &dist.join(format!("{what}-{hash}.wasm")))?;
    remove(&script)?;
    remove(&dist.join(format!("tierwalk-{what}_loader.js")))?;
    Ok(format!("./{name}"))
}

fn name_editor(dist: &Path) -> Outcome<String> {
    let script = dist.join("editor.js");
    let name = format!("editor-{}.js", short_hash(&[read(&script)?.as_bytes()]));
    rename(&script, &dist.join(&name))?;
    Ok(format!("./{name}"))
}

fn set_meta(html: &str, name: &str, value: &str) -> Outcome<String> {
    let start = format!("<meta name=\"{name}\" content=\"");
    let missing = || format!("web/index.html has no `{start}`");
    let (before, rest) = html.split_once(&start).ok_or_else(missing)?;
    let (_, after) = rest.split_once('"').ok_or_else(missing)?;
    Ok(format!("{before}{start}{value}\"{after}"))
}

fn add_policy(html: &str) -> Outcome<String> {
    let hashes: String = inline_scripts(html)
        .map(|script| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(script))))
        .collect();
    let policy = POLICY.replace("HASHES", &hashes);
    let charset = "<meta charset=\"utf-8\">";
    let (before, after) = html
        .split_once(charset)
        .ok_or_else(|| format!("web/index.html has no `{charset}`"))?;
    Ok(format!(
        "{before}{charset}\n    {POLICY_START}{policy}\">{after}"
    ))
}

fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|rest| {
        let (tag, rest) = rest.split_once('>')?;
        let (body, _) = rest.split_once("</script>")?;
        (!tag.contains("src=")).then_some(body)
    })
}

fn short_hash(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    parts.iter().for_each(|part| hash.update(part));
    format!("{:x}", hash.finalize()).chars().take(16).collect()
}

fn read(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|error| cannot("read", path, &error))
}

fn bytes(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).map_err(|error| cannot("read", path, &error))
}

fn write(path: &Path, text: &str) -> Outcome {
    fs::write(path, text).map_err(|error| cannot("write", path, &error))
}

fn rename(from: &Path, to: &Path) -> Outcome {
    fs::rename(from, to).map_err(|error| cannot("rename", from, &error))
}

fn remove(path: &Path) -> Outcome {
    fs::remove_file(path).map_err(|error| cannot("remove", path, &error))
}

fn cannot(what: &str, path: &Path, error: &std::io::Error) -> String {
    format!("cannot {what} {}: {error}", path.display())
}
