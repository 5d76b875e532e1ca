//! Calico's selector language: parse, canonical form, evaluate, explain.
