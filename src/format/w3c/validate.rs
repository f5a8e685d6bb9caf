//! placeholder until the validator is in
use serde_json::Value;
#[allow(missing_docs)]
pub struct Problem { pub at: String, pub message: String }
#[allow(missing_docs)]
pub fn parse(text: &str) -> Result<Value, Problem> { serde_json::from_str(text).map_err(|e| Problem{at:String::new(), message:e.to_string()}) }
#[allow(missing_docs)]
pub fn validate(_: &Value) -> Vec<Problem> { Vec::new() }
