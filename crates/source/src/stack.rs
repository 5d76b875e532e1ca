//! Room for engines that follow what they are given by recursion.

/// Far more than the deepest chain that they let through needs, even in a debug build.
#[cfg(not(target_arch = "wasm32"))]
const BYTES: usize = 64 << 20;

/// Does some work on a large stack; on the caller's if there can be no other. In WebAssembly there is one
/// stack.
#[cfg(not(target_arch = "wasm32"))]
pub fn with_room<T: Send>(work: impl Fn() -> T + Sync) -> T {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .stack_size(BYTES)
            .spawn_scoped(scope, &work);
        match thread.map(|thread| thread.join()) {
            Ok(Ok(done)) => done,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(_) => work(),
        }
    })
}

/// Does some work.
#[cfg(target_arch = "wasm32")]
pub fn with_room<T: Send>(work: impl Fn() -> T + Sync) -> T {
    work()
}
