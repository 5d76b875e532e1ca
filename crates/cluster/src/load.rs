//! Taking files and objects in.

use tierwalk_admission::kind::Kind;
use tierwalk_admission::{Api, Found, object, persona, policy, read};
use tierwalk_governance::gatekeeper::Gatekeeper;
use tierwalk_governance::own;
use tierwalk_governance::pack::{self, Settings};
use tierwalk_governance::{LoadOptions, Policies};
use tierwalk_source::Diagnostic;

use crate::{Cluster, FileDiagnostic, Options, PolicyFile};

/// Where the files of the pack seem to be.
const PACK: &str = "pack";
const BUILT_IN_TIERS: [&str; 3] = ["default", "kube-admin", "kube-baseline"];
const ROLES: &str = include_str!("bootstrap/roles.yaml");
const PASSTHROUGH_CRD: &str = include_str!("bootstrap/passthrough-crd.yaml");
const PASSTHROUGH_AGGREGATED: &str = include_str!("bootstrap/passthrough-aggregated.yaml");

pub(super) fn load(files: &[PolicyFile], options: &Options) -> (Cluster, Vec<FileDiagnostic>) {
    let mut cluster = empty(options);
    let mut problems = Vec::new();
    let (rego, yaml): (Vec<&PolicyFile>, Vec<&PolicyFile>) =
        files.iter().partition(|file| file.path.ends_with(".rego"));
    for file in &yaml {
        let (found, broken) = read(&file.text);
        problems.extend(
            broken
                .into_iter()
                .map(|problem| FileDiagnostic::new(file.path.clone(), problem)),
        );
        for found in found
            .iter()
            .filter(|found| !object::name(&found.object).is_empty() || is_nameless(found))
        {
            problems.extend(cluster.take(&file.path, found));
        }
    }
    problems.extend(cluster.orphans(&yaml));
    problems.extend(cluster.set_up_pack(&yaml));
    problems.extend(cluster.set_up_gatekeeper());
    problems.extend(cluster.set_up_checks(&rego, &yaml));
    (cluster, problems)
}

/// Kubeconfigs have no name.
fn is_nameless(found: &Found) -> bool {
    persona::is_config(&found.object)
}

fn empty(options: &Options) -> Cluster {
    let mut cluster = Cluster {
        options: options.clone(),
        access: Default::default(),
        objects: Default::default(),
        policies: Default::default(),
        gatekeeper: Gatekeeper::default(),
        gatekeeper_files: Default::default(),
        checks: None,
        personas: Vec::new(),
    };
    cluster.access.api = options.api;
    cluster
        .access
        .tiers
        .extend(BUILT_IN_TIERS.map(str::to_owned));
    let passthrough = match options.api {
        Api::Crd => PASSTHROUGH_CRD,
        Api::Aggregated => PASSTHROUGH_AGGREGATED,
    };
    let found = [ROLES, passthrough]
        .into_iter()
        .flat_map(|text| read(text).0);
    for found in found {
        // They are written here, and hold.
        let _ = cluster.access.rbac.add(&found.object);
    }
    cluster
}

impl Cluster {
    /// Takes an object in; Gatekeeper is told by [`Cluster::set_up_gatekeeper`].
    fn take(&mut self, path: &str, found: &Found) -> Vec<FileDiagnostic> {
        let mut problems: Vec<Diagnostic> = Vec::new();
        let kind = Kind::of(&found.object);
        if is_nameless(found) {
            match persona::personas(found) {
                Ok(personas) => self.personas.extend(personas),
                Err(problem) => problems.push(*problem),
            }
        } else {
            let added = self.access.rbac.add_found(found);
            problems.extend(added.err().map(|problem| *problem));
            problems.extend(self.policies.add(found));
            if kind.is_tier() {
                self.access
                    .tiers
                    .insert(object::name(&found.object).to_owned());
            }
            if is_of_gatekeeper(&kind) {
                self.keep_for_gatekeeper(path, found);
            }
            let mut object = found.object.clone();
            self.give_namespace(&mut object);
            self.objects.insert(object);
        }
        let placed = problems
            .into_iter()
            .map(|problem| FileDiagnostic::new(path, problem));
        placed.collect()
    }

    /// Takes an object in that was applied.
    pub(super) fn put(&mut self, path: &str, found: &Found) -> Vec<FileDiagnostic> {
        let mut problems = self.take(path, found);
        if is_of_gatekeeper(&Kind::of(&found.object)) {
            problems.extend(self.set_up_gatekeeper());
        }
        problems
    }

    /// Keeps the document at its place in an otherwise empty file, so that places in it hold.
    fn keep_for_gatekeeper(&mut self, path: &str, found: &Found) {
        let text = self.gatekeeper_files.entry(path.to_owned()).or_default();
        if text.len() <= found.offset {
            *text += &"\n".repeat(found.offset - text.len());
            text.push_str(found.text());
        }
    }

    fn set_up_gatekeeper(&mut self) -> Vec<FileDiagnostic> {
        let files = self.gatekeeper_files.iter();
        let files: Vec<PolicyFile> = files
            .map(|(path, text)| PolicyFile::new(path, text))
            .collect();
        let inventory: Vec<_> = self.objects.iter().cloned().collect();
        let (gatekeeper, problems) = Gatekeeper::load(&files, &inventory, &self.load_options());
        self.gatekeeper = gatekeeper;
        problems
    }

    /// The shipped checks, as they are exported for Gatekeeper.
    fn set_up_pack(&mut self, files: &[&PolicyFile]) -> Vec<FileDiagnostic> {
        let (settings, problems) = match self.settings(files) {
            Some(read) => read,
            None if self.options.pack => Default::default(),
            None => return Vec::new(),
        };
        for file in pack::export(&settings) {
            if file.path.starts_with("gatekeeper/") {
                self.gatekeeper_files.insert(file.path, file.text);
            }
        }
        problems
    }

    /// The first settings of checks among files.
    fn settings(&self, files: &[&PolicyFile]) -> Option<(Settings, Vec<FileDiagnostic>)> {
        let is_about = |file: &&&PolicyFile| {
            tierwalk_yaml::split(&file.text)
                .iter()
                .any(|chunk| Settings::is_about(&tierwalk_yaml::Document::parse(chunk.text)))
        };
        let file = files.iter().find(is_about)?;
        Some(Settings::read(&file.path, &file.text, self.options.now))
    }

    /// Settings switch these checks too, and except from them.
    fn set_up_checks(
        &mut self,
        rego: &[&PolicyFile],
        files: &[&PolicyFile],
    ) -> Vec<FileDiagnostic> {
        if rego.is_empty() {
            return Vec::new();
        }
        let mut rego: Vec<PolicyFile> = rego.iter().copied().cloned().collect();
        let mut data = self.options.data.clone();
        if let Some((settings, _)) = self.settings(files) {
            rego = own::without(rego, settings.off());
            rego.extend(pack::exceptions(PACK));
            data.push(settings.data(PACK));
        }
        let (policies, problems) = Policies::load(&rego, &data, &self.load_options());
        self.checks = Some(policies);
        problems
    }

    fn load_options(&self) -> LoadOptions {
        LoadOptions {
            now: self.options.now,
            limits: self.options.limits,
            ..LoadOptions::default()
        }
    }

    /// Bindings of policies that no file has.
    fn orphans(&self, files: &[&PolicyFile]) -> Vec<FileDiagnostic> {
        let mut problems = Vec::new();
        for (binding, wanted) in self.policies.orphans() {
            for file in files {
                let found = read(&file.text).0;
                let mut bindings = found
                    .iter()
                    .filter(|found| policy::is_binding(&found.object, binding));
                let problem = bindings.next().map(|found| policy::orphan(found, wanted));
                problems
                    .extend(problem.map(|problem| FileDiagnostic::new(file.path.clone(), problem)));
            }
        }
        problems
    }
}

fn is_of_gatekeeper(kind: &Kind) -> bool {
    kind.group == "templates.gatekeeper.sh" || kind.group == "constraints.gatekeeper.sh"
}
