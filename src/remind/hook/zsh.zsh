# askfirst: one line when a check-in is due, at most every four hours.
# For ~/.zshrc:  eval "$(askfirst hook zsh)"
zmodload zsh/datetime 2>/dev/null
__askfirst_prompt() {
    # zsh keeps the status for the functions that follow, and for the prompt.
    local __askfirst_now=${ASKFIRST_EPOCH:-${EPOCHSECONDS:-}} __askfirst_line= IFS=
    [[ -r @NEXT@ ]] && builtin read -r __askfirst_line <@NEXT@ || :
    # Mostly the line is known, and its moment has not come.
    if [[ "$__askfirst_line" != "${__askfirst_seen--}" || "$__askfirst_now" != <-> ]] ||
        (( __askfirst_now >= __askfirst_at || __askfirst_now < __askfirst_since )); then
        __askfirst_look
    fi
    return 0
}
__askfirst_look() {
    emulate -L zsh
    unsetopt xtrace
    local now=$__askfirst_now line=$__askfirst_line rest=14400
    if [[ $now != <-> ]]; then
        # A zsh without a clock: the program looks, now and then.
        now=$SECONDS rest=600 line=asked
    fi
    if [[ $line != "${__askfirst_seen--}" ]]; then
        local at=${line%% *} written=${line#* }
        # What stands in a file is looked at before it is reckoned with.
        if [[ ${#at} -gt 12 || ${#written} -gt 12 || $written != <-> || $at != (none|<->) ]]; then
            # Nothing is known, or it was damaged: it is time.
            at=0 written=0
        fi
        [[ $at == none ]] && at=999999999999
        typeset -g __askfirst_seen=$line __askfirst_at=$(( 10#$at ))
        # What was written later than now was written before the clock went back.
        typeset -g __askfirst_since=$(( 10#$written - 3600 ))
    fi
    if (( now >= __askfirst_at || now < __askfirst_since )) && [[ -x @PROGRAM@ ]]; then
        # The program writes another line. Where it cannot, the shell rests as well.
        __askfirst_at=$(( now + rest )) __askfirst_since=0
        @PROGRAM@ due --hook </dev/null 1>&2 2>/dev/null
    fi
    return 0
}
if [[ " ${precmd_functions[*]-} " != *" __askfirst_prompt "* ]]; then
    typeset -ga precmd_functions
    precmd_functions+=(__askfirst_prompt)
fi
