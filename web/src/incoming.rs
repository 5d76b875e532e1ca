//! Files that come in: chosen, dropped, or pasted as files.

use js_sys::{Array, Promise, Uint8Array};
use tierwalk_protocol::File as TextFile;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    DataTransfer, File, FileSystemDirectoryEntry, FileSystemDirectoryReader, FileSystemEntry,
    FileSystemFileEntry, HtmlInputElement,
};
use yew::Callback;

use crate::{
    state::{Msg, import},
    zip,
};

/// The most files that are taken at once.
const MOST: usize = 2_000;

/// Reads the files of an input, and empties it so that the same ones can be chosen again.
pub fn chosen(input: &HtmlInputElement, on: Callback<Msg>) {
    let files = list(input.files());
    input.set_value("");
    let named = files
        .into_iter()
        .map(|file| (path_of(&file), file))
        .collect();
    spawn_local(async move { on.emit(read_all(named).await) });
}

/// Reads dropped or pasted files and folders; false if there are none.
pub fn transferred(data: &DataTransfer, on: Callback<Msg>) -> bool {
    let entries = entries(data);
    let files = list(data.files());
    if entries.is_empty() && files.is_empty() {
        return false;
    }
    spawn_local(async move {
        let named = if entries.is_empty() {
            files.into_iter().map(|file| (file.name(), file)).collect()
        } else {
            walk(entries).await
        };
        on.emit(read_all(named).await);
    });
    true
}

fn list(files: Option<web_sys::FileList>) -> Vec<File> {
    let Some(files) = files else {
        return Vec::new();
    };
    (0..files.length())
        .filter_map(|index| files.get(index))
        .collect()
}

/// Files of a chosen folder know their path in it.
fn path_of(file: &File) -> String {
    let path = js_sys::Reflect::get(file, &JsValue::from_str("webkitRelativePath"));
    let path = path
        .ok()
        .and_then(|path| path.as_string())
        .filter(|path| !path.is_empty());
    path.unwrap_or_else(|| file.name())
}

/// What was dropped has to be asked for at once: the list is empty when the event is over.
fn entries(data: &DataTransfer) -> Vec<FileSystemEntry> {
    let items = data.items();
    (0..items.length())
        .filter_map(|index| items.get(index)?.webkit_get_as_entry().ok()?)
        .collect()
}

async fn walk(mut waiting: Vec<FileSystemEntry>) -> Vec<(String, File)> {
    let mut files = Vec::new();
    while let Some(entry) = waiting.pop() {
        let path = entry.full_path().trim_start_matches('/').to_owned();
        // one more than are taken, so that the rest is spoken of
        if !import::wanted(&path) || files.len() > MOST {
            continue;
        }
        if entry.is_directory() {
            waiting.extend(children(entry.unchecked_ref()).await);
        } else if let Some(file) = file_of(entry.unchecked_ref()).await {
            files.push((path, file));
        }
    }
    files.sort_by(|(a, _), (b, _)| a.cmp(b));
    files
}

/// A reader gives its entries in portions.
async fn children(folder: &FileSystemDirectoryEntry) -> Vec<FileSystemEntry> {
    let reader = folder.create_reader();
    let mut all = Vec::new();
    while let Some(portion) = portion(&reader)
        .await
        .filter(|portion| portion.length() > 0)
    {
        all.extend(portion.iter().map(JsCast::unchecked_into));
    }
    all
}

async fn portion(reader: &FileSystemDirectoryReader) -> Option<Array> {
    let promise = Promise::new(&mut |resolve, reject| {
        let _ = reader.read_entries_with_callback_and_callback(&resolve, &reject);
    });
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

async fn file_of(entry: &FileSystemFileEntry) -> Option<File> {
    let promise = Promise::new(&mut |resolve, reject| {
        entry.file_with_callback_and_callback(&resolve, &reject);
    });
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

async fn read_all(files: Vec<(String, File)>) -> Msg {
    let (mut texts, mut left_out) = (Vec::new(), Vec::new());
    let wanted = files.into_iter().filter(|(path, _)| import::wanted(path));
    for (count, (path, file)) in wanted.enumerate() {
        if count == MOST {
            let most = format!("at most {MOST} files are taken at once: the others were left out");
            left_out.insert(0, most);
            break;
        }
        match bytes(&file).await {
            Some(bytes) if zip::is_zip(&bytes) => {
                let (unpacked, refused) = zip::unpack(&path, &bytes);
                texts.extend(unpacked);
                left_out.extend(refused);
            }
            Some(bytes) => take(import::read(&path, bytes), &mut texts, &mut left_out),
            None => left_out.push(format!("`{path}` could not be read and was left out")),
        }
    }
    Msg::Import(texts, left_out)
}

fn take(read: Result<TextFile, String>, texts: &mut Vec<TextFile>, left_out: &mut Vec<String>) {
    match read {
        Ok(text) => texts.push(text),
        Err(why) => left_out.push(why),
    }
}

/// The bytes of a file; of one that is too large only as many as show that.
async fn bytes(file: &File) -> Option<Vec<u8>> {
    let blob = file
        .slice_with_f64_and_f64(0.0, (import::MAX_FILE + 1) as f64)
        .ok()?;
    let buffer = JsFuture::from(blob.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// Listens for drops on the whole page, which says so while files are held over it.
pub fn on_drop(on: Callback<Msg>) -> [gloo::events::EventListener; 3] {
    use gloo::events::{EventListener, EventListenerOptions};
    let window = gloo::utils::window();
    let options = EventListenerOptions::enable_prevent_default();
    let over = EventListener::new_with_options(&window, "dragover", options, |event| {
        if is_files(event) {
            event.prevent_default();
            hold(true);
        }
    });
    let away = EventListener::new(&window, "dragleave", |event| {
        let event = event.dyn_ref::<web_sys::DragEvent>();
        // from one element of the page to the next is not away
        if event.is_some_and(|event| event.related_target().is_none()) {
            hold(false);
        }
    });
    let drop = EventListener::new_with_options(&window, "drop", options, move |event| {
        hold(false);
        if is_files(event) {
            event.prevent_default();
            if let Some(data) = data(event) {
                transferred(&data, on.clone());
            }
        }
    });
    [over, away, drop]
}

/// Files are held over the page, or no longer.
fn hold(held: bool) {
    let _ = gloo::utils::body().toggle_attribute_with_force("data-drop", held);
}

fn data(event: &web_sys::Event) -> Option<DataTransfer> {
    event.dyn_ref::<web_sys::DragEvent>()?.data_transfer()
}

/// Text that is dragged within the editor is not a file.
fn is_files(event: &web_sys::Event) -> bool {
    data(event).is_some_and(|data| data.types().includes(&JsValue::from_str("Files"), 0))
}
