//! What a flow costs: walked and explained, and as a verdict only; and what compiling costs before that.

#![expect(clippy::expect_used, reason = "a measurement needs its flow")]

mod shapes;

use divan::{Bencher, black_box};
use shapes::{Shape, cluster, production};
use tierwalk_tiers::{End, Engine, Mode, Resolved};

fn main() {
    divan::main();
}

fn compiled(shape: &Shape) -> (Engine, Resolved) {
    let engine = Engine::compile(shape.model.clone());
    let flow = engine.resolve(&shape.flow).expect("the ends are there");
    (engine, flow)
}

fn compile(bencher: Bencher<'_, '_>, shape: &Shape) {
    bencher
        .with_inputs(|| shape.model.clone())
        .bench_values(Engine::compile);
}

fn compile_verdicts(bencher: Bencher<'_, '_>, shape: &Shape) {
    bencher
        .with_inputs(|| Engine::compile(shape.model.clone()))
        .bench_values(|engine| {
            black_box(engine.verdicts());
            engine
        });
}

fn walk(bencher: Bencher<'_, '_>, shape: &Shape) {
    let (engine, flow) = compiled(shape);
    bencher.bench(|| engine.walk_resolved(black_box(flow.clone())));
}

fn walk_and_reason(bencher: Bencher<'_, '_>, shape: &Shape) {
    let (engine, flow) = compiled(shape);
    bencher.bench(|| engine.reason(&engine.walk_resolved(black_box(flow.clone()))));
}

fn verdict(bencher: Bencher<'_, '_>, shape: &Shape) {
    let (engine, flow) = compiled(shape);
    let mut verdicts = engine.verdicts();
    bencher.bench_local(|| verdicts.verdict(black_box(&flow), Mode::Enforced));
}

fn reach(bencher: Bencher<'_, '_>, shape: &Shape) {
    bencher
        .with_inputs(|| Engine::compile(shape.model.clone()))
        .bench_values(|engine| engine.reach());
}

/// Every pair of all pods, in both modes.
fn all_pairs(bencher: Bencher<'_, '_>, shape: &Shape) {
    let (engine, _) = compiled(shape);
    engine.verdicts();
    let pods = engine.model().workloads.iter().map(|pod| End::Pod {
        namespace: pod.namespace.clone(),
        name: pod.name.clone(),
    });
    let ends: Vec<End> = pods.collect();
    bencher.bench_local(|| {
        let mut pairs = engine.pairs(&ends, &shape.flow).expect("the port is there");
        let classes = 0..pairs.len();
        classes.map(|class| pairs.row(class).len()).sum::<usize>()
    });
}

/// Calico's own production benchmark: 294 policies of 68 rules apply to one endpoint, 3,708 network sets have
/// 256,000 addresses, and a flow matches nothing.
#[divan::bench_group(sample_count = 20)]
mod production_shape {
    use super::{Bencher, production};

    #[divan::bench]
    fn compile(bencher: Bencher<'_, '_>) {
        super::compile(bencher, &production());
    }

    #[divan::bench]
    fn compile_verdicts(bencher: Bencher<'_, '_>) {
        super::compile_verdicts(bencher, &production());
    }

    #[divan::bench]
    fn walk(bencher: Bencher<'_, '_>) {
        super::walk(bencher, &production());
    }

    #[divan::bench]
    fn walk_and_reason(bencher: Bencher<'_, '_>) {
        super::walk_and_reason(bencher, &production());
    }

    #[divan::bench]
    fn reach(bencher: Bencher<'_, '_>) {
        super::reach(bencher, &production());
    }

    #[divan::bench]
    fn verdict(bencher: Bencher<'_, '_>) {
        super::verdict(bencher, &production());
    }
}

/// Ten pods to a policy, in namespaces of twenty pods.
#[divan::bench_group(sample_count = 20)]
mod cluster_shape {
    use super::{Bencher, cluster};

    const POLICIES: [u32; 3] = [10, 100, 1000];

    #[divan::bench(args = POLICIES)]
    fn compile(bencher: Bencher<'_, '_>, policies: u32) {
        super::compile(bencher, &cluster(policies));
    }

    #[divan::bench(args = POLICIES)]
    fn compile_verdicts(bencher: Bencher<'_, '_>, policies: u32) {
        super::compile_verdicts(bencher, &cluster(policies));
    }

    #[divan::bench(args = POLICIES)]
    fn walk(bencher: Bencher<'_, '_>, policies: u32) {
        super::walk(bencher, &cluster(policies));
    }

    #[divan::bench(args = POLICIES)]
    fn reach(bencher: Bencher<'_, '_>, policies: u32) {
        super::reach(bencher, &cluster(policies));
    }

    #[divan::bench(args = POLICIES)]
    fn verdict(bencher: Bencher<'_, '_>, policies: u32) {
        super::verdict(bencher, &cluster(policies));
    }

    /// 2,000 pods.
    #[divan::bench]
    fn all_pairs(bencher: Bencher<'_, '_>) {
        super::all_pairs(bencher, &cluster(200));
    }
}
