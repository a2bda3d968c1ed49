//! Neighbouring steps that read better as one.

use crate::plan::Step;
use crate::postgres::guard;

/// Neighbouring actions on one table become one statement.
pub fn merged(steps: Vec<Step>) -> Vec<Step> {
    let mut out: Vec<Step> = vec![];
    for step in steps {
        if let (Some(last), Some((table, action))) = (out.last_mut(), &step.action)
            && last.transaction == step.transaction
            && last.unless == step.unless
            && let Some((head, actions)) = &mut last.action
            && head == table
        {
            actions.push_str(",\n    ");
            actions.push_str(action);
            let separator = if actions.contains('\n') { "\n    " } else { " " };
            last.sql = format!("{head}{separator}{actions}");
            last.hazards.extend(step.hazards.clone());
            last.makes.extend(step.makes.into_iter().chain(step.object));
            last.after.extend(step.after);
            continue;
        }
        out.push(step);
    }
    out
}

/// Neighbours that are done unless the same is there look for it once.
pub fn guarded(steps: Vec<Step>) -> Vec<Step> {
    let mut out = vec![];
    for run in steps.chunk_by(|one, next| one.unless == next.unless) {
        match run[0].unless.is_empty() {
            true => out.extend_from_slice(run),
            false => out.push(guard::unless_any(&run[0].unless, run)),
        }
    }
    out
}
