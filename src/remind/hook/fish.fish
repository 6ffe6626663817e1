# askfirst: one line when a check-in is due, at most every four hours.
# For ~/.config/fish/config.fish:  askfirst hook fish | source
function __askfirst_now
    if set -q ASKFIRST_EPOCH
        echo $ASKFIRST_EPOCH
    else
        # The clock without a process: when a file was written, and how long ago.
        math (path mtime /) + (path mtime --relative /)
    end
end
if not path mtime / >/dev/null 2>&1
    # Before fish 3.6 there is no way around it.
    function __askfirst_now
        command date +%s
    end
end
function __askfirst_prompt --on-event fish_prompt
    set -l file @NEXT@
    set -l program @PROGRAM@
    set -l at
    set -l written
    set -l is_time no
    set -l now (__askfirst_now 2>/dev/null)
    test -r $file; and read -d ' ' at written <$file
    # What stands in a file is looked at before it is reckoned with.
    if not string match -qr '^[0-9]{1,12}$' -- "$now"
        return
    else if not string match -qr '^([0-9]{1,12}|none)$' -- "$at"; or not string match -qr '^[0-9]{1,12}$' -- "$written"
        # Nothing is known, or it was damaged.
        set is_time yes
    else if test $written -gt (math $now + 3600)
        # The clock went back since.
        set is_time yes
    else if test $at != none; and test $at -le $now
        set is_time yes
    end
    test $is_time = yes; and test -x $program; or return
    # Where the program could not write down that it was asked, it rests as well.
    if test "$at $written" = "$__askfirst_seen"; and test $now -lt "$__askfirst_again"
        return
    end
    set -g __askfirst_seen "$at $written"
    set -g __askfirst_again (math $now + 14400)
    $program due --hook </dev/null 1>&2 2>/dev/null
end
