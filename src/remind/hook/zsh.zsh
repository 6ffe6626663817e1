# askfirst: one line when a check-in is due, at most every four hours.
# For ~/.zshrc:  eval "$(askfirst hook zsh)"
zmodload zsh/datetime 2>/dev/null
__askfirst_prompt() {
    local __askfirst_status=$?
    emulate -L zsh
    unsetopt xtrace
    local at= written= now= is_time= rest=14400 file=@NEXT@ program=@PROGRAM@
    now=${ASKFIRST_EPOCH:-${EPOCHSECONDS:-}}
    { IFS=' ' builtin read -r at written <$file } 2>/dev/null
    # What stands in a file is looked at before it is reckoned with.
    if [[ $now != <0-999999999999> ]]; then
        # A zsh without a clock of its own: the program looks, now and then.
        now=$SECONDS is_time=1 at=asked rest=600
    elif [[ $at != (none|<0-999999999999>) || $written != <0-999999999999> ]]; then
        # Nothing is known, or it was damaged.
        is_time=1
    elif (( 10#$written > now + 3600 )); then
        # The clock went back since.
        is_time=1
    elif [[ $at != none ]] && (( 10#$at <= now )); then
        is_time=1
    fi
    # Where the program could not write down that it was asked, it rests as well.
    if [[ -n $is_time && -x $program ]] &&
        { [[ "$at $written" != ${__askfirst_seen-} ]] || (( now >= ${__askfirst_again:-0} )) }; then
        typeset -g __askfirst_seen="$at $written"
        typeset -gi __askfirst_again=$(( now + rest ))
        $program due --hook </dev/null 1>&2 2>/dev/null
    fi
    return $__askfirst_status
}
if [[ " ${precmd_functions[*]-} " != *" __askfirst_prompt "* ]]; then
    typeset -ga precmd_functions
    precmd_functions+=(__askfirst_prompt)
fi
