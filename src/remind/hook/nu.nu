# askfirst: one line when a check-in is due, at most every four hours.
# Once:  askfirst hook nu | save --force ($nu.default-config-dir | path join "autoload" "askfirst.nu")
def --env __askfirst_prompt [] {
    let file = @NEXT@
    let program = @PROGRAM@
    let status = $env.LAST_EXIT_CODE? | default 0
    let now = $env.ASKFIRST_EPOCH? | default { date now | format date "%s" } | into int
    let words = try { open --raw $file | lines | first | split row " " } catch { [] }
    let at = $words.0? | default ""
    let written = $words.1? | default ""
    let is_time = if ($at !~ '^([0-9]{1,12}|none)$') or ($written !~ '^[0-9]{1,12}$') {
        # Nothing is known, or it was damaged.
        true
    } else if ($written | into int) > $now + 3600 {
        # The clock went back since.
        true
    } else {
        $at != "none" and ($at | into int) <= $now
    }
    # Where the program could not write down that it was asked, it rests as well.
    let last = $env.__askfirst? | default { seen: "", again: 0 }
    let rests = $last.seen == $"($at) ($written)" and $now < $last.again
    if $is_time and not $rests and ($program | path exists) {
        $env.__askfirst = { seen: $"($at) ($written)", again: ($now + 14400) }
        try { ^$program due --hook | complete | get stdout | print --stderr --no-newline }
    }
    $env.LAST_EXIT_CODE = $status
}
$env.config.hooks.pre_prompt = (
    $env.config.hooks.pre_prompt? | default []
    | where {|hook| (view source $hook) !~ "__askfirst_prompt" }
    | append {|| __askfirst_prompt }
)
