//! The Rego engine follows rules by recursion: WebAssembly's stack of 1 MiB is too small for the deepest chain
//! of rules that is let through.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        println!("cargo:rustc-link-arg-bins=-zstack-size=16777216");
    }
}
