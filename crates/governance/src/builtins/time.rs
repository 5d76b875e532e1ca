//! `time.*` in UTC.

use regorus::Value;

use super::{Entry, Failure, text, wrong_type};

const SECOND: i64 = 1_000_000_000;
const DAY: i64 = 86_400;

pub(super) const FUNCTIONS: &[Entry] = &[
    ("time.parse_rfc3339_ns", 1, parse_rfc3339),
    ("time.date", 1, |args| {
        let (year, month, day) = civil(seconds(args)?.div_euclid(DAY));
        Ok(numbers(&[year, month, day]))
    }),
    ("time.clock", 1, |args| {
        let second = seconds(args)?.rem_euclid(DAY);
        Ok(numbers(&[second / 3600, second / 60 % 60, second % 60]))
    }),
    ("time.weekday", 1, weekday),
    ("time.add_date", 4, add_date),
];

const WEEKDAYS: [&str; 7] = [
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
];

fn numbers(numbers: &[i64]) -> Value {
    Value::from(
        numbers
            .iter()
            .map(|number| Value::from(*number))
            .collect::<Vec<_>>(),
    )
}

fn int(args: &[Value], index: usize) -> Result<i64, Failure> {
    args.get(index)
        .and_then(|value| value.as_i64().ok())
        .ok_or_else(|| wrong_type(index, "number", args.get(index)))
}

/// Seconds since 1970, of nanoseconds or of `[nanoseconds, "UTC"]`.
fn seconds(args: &[Value]) -> Result<i64, Failure> {
    let nanoseconds = match args.first() {
        Some(Value::Array(pair)) => {
            let pair: Vec<Value> = pair.iter().cloned().collect();
            match text(&pair, 1)? {
                "UTC" | "" => int(&pair, 0)?,
                zone => return Err(format!("unknown time zone {zone}")),
            }
        }
        _ => int(args, 0)?,
    };
    Ok(nanoseconds.div_euclid(SECOND))
}

fn weekday(args: &[Value]) -> Result<Value, Failure> {
    let index = seconds(args)?.div_euclid(DAY).rem_euclid(7);
    let name = WEEKDAYS.get(index as usize).copied().unwrap_or_default();
    Ok(Value::from(name))
}

/// Year, month and day of a day counted from 1970-01-01 (Howard Hinnant, `civil_from_days`).
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// The day of a date, which may have months and days beyond their bounds (`days_from_civil`).
pub(super) fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = year + (month - 1).div_euclid(12);
    let month = (month - 1).rem_euclid(12) + 1;
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let shifted = if month > 2 { month - 3 } else { month + 9 };
    let of_year = (153 * shifted + 2) / 5;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year + day - 1 - 719_468
}

fn add_date(args: &[Value]) -> Result<Value, Failure> {
    let start = int(args, 0)?;
    let (year, month, day) = civil(start.div_euclid(SECOND * DAY));
    let bounded = |index: usize| {
        let number = int(args, index)?;
        let fits = number.abs() < 1_000_000;
        fits.then_some(number)
            .ok_or_else(|| "the date is out of range".to_owned())
    };
    let end = days(year + bounded(1)?, month + bounded(2)?, day + bounded(3)?);
    let sum =
        i128::from(end) * i128::from(SECOND * DAY) + i128::from(start.rem_euclid(SECOND * DAY));
    i64::try_from(sum)
        .map(Value::from)
        .map_err(|_| "the date is out of range".to_owned())
}

fn parse_rfc3339(args: &[Value]) -> Result<Value, Failure> {
    let written = text(args, 0)?;
    nanoseconds(written)
        .map(Value::from)
        .ok_or_else(|| format!("parsing time {written:?}: not a time as in RFC 3339"))
}

/// `2026-11-21T10:00:00.5+01:00`, or a date alone, as nanoseconds since 1970.
pub(crate) fn nanoseconds(written: &str) -> Option<i64> {
    let number = |from: usize, to: usize| written.get(from..to)?.parse::<i64>().ok();
    let is = |at: usize, wanted: &str| written.get(at..at + 1).is_some_and(|c| wanted.contains(c));
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    if !is(4, "-") || !is(7, "-") || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    if !is(10, "Tt") || !is(13, ":") || !is(16, ":") {
        return None;
    }
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let (fraction, zone) = fraction(written.get(19..)?)?;
    let seconds = days(year, month, day) * DAY + hour * 3600 + minute * 60 + second - offset(zone)?;
    seconds.checked_mul(SECOND)?.checked_add(fraction)
}

/// Nanoseconds of `.5`, and what follows.
fn fraction(rest: &str) -> Option<(i64, &str)> {
    let Some(rest) = rest.strip_prefix('.') else {
        return Some((0, rest));
    };
    let end = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let (digits, zone) = rest.split_at(end);
    let nine: String = digits.chars().chain("000000000".chars()).take(9).collect();
    Some((nine.parse().ok()?, zone))
}

/// Seconds east of Greenwich.
fn offset(zone: &str) -> Option<i64> {
    if zone.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let sign = match zone.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    let seconds = hours.parse::<i64>().ok()? * 3600 + minutes.parse::<i64>().ok()? * 60;
    Some(sign * seconds)
}
