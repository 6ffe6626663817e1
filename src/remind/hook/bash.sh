# askfirst: one line when a check-in is due, at most every four hours.
# For ~/.bashrc:  eval "$(askfirst hook bash)"
__askfirst_prompt() {
    local __askfirst_status=$? __askfirst_at= __askfirst_written= __askfirst_now=
    local __askfirst_is_time= __askfirst_rest=14400 __askfirst_file=@NEXT@ __askfirst_program=@PROGRAM@
    if [[ -n ${ASKFIRST_EPOCH-} ]]; then
        __askfirst_now=$ASKFIRST_EPOCH
    elif [[ -n ${EPOCHSECONDS-} ]]; then
        __askfirst_now=$EPOCHSECONDS
    elif ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 402)); then
        builtin printf -v __askfirst_now '%(%s)T' -1
    fi
    { IFS=' ' builtin read -r __askfirst_at __askfirst_written <"$__askfirst_file" || :; } 2>/dev/null
    # What stands in a file is looked at before it is reckoned with.
    if [[ -z $__askfirst_now || $__askfirst_now == *[!0-9]* || ${#__askfirst_now} -gt 12 ]]; then
        # An old bash has no clock of its own: the program looks, now and then.
        __askfirst_now=$SECONDS __askfirst_rest=600
        __askfirst_is_time=1 __askfirst_at=asked
    elif [[ -z $__askfirst_at || ${__askfirst_at/#none/0} == *[!0-9]* || ${#__askfirst_at} -gt 12 ||
        -z $__askfirst_written || $__askfirst_written == *[!0-9]* || ${#__askfirst_written} -gt 12 ]]; then
        # Nothing is known, or it was damaged.
        __askfirst_is_time=1
    elif ((10#$__askfirst_written > 10#$__askfirst_now + 3600)); then
        # The clock went back since.
        __askfirst_is_time=1
    elif [[ $__askfirst_at != none ]] && ((10#$__askfirst_at <= 10#$__askfirst_now)); then
        __askfirst_is_time=1
    fi
    # Where the program could not write down that it was asked, it rests as well.
    if [[ -n $__askfirst_is_time && -x $__askfirst_program ]] &&
        { [[ "$__askfirst_at $__askfirst_written" != "${__askfirst_seen-}" ]] ||
            ((10#$__askfirst_now >= ${__askfirst_again:-0})); }; then
        __askfirst_seen="$__askfirst_at $__askfirst_written"
        __askfirst_again=$((10#$__askfirst_now + __askfirst_rest))
        "$__askfirst_program" due --hook </dev/null 1>&2 2>/dev/null || :
    fi
    # With errexit, the status of the last command would end the shell.
    case $- in *e*) return 0 ;; esac
    return "$__askfirst_status"
}
# A shell that inherits PROMPT_COMMAND and not the function goes without.
__askfirst_hook=__askfirst_prompt
if [[ ${PROMPT_COMMAND[*]-} != *__askfirst_hook* ]]; then
    if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 501)) &&
        [[ $(declare -p PROMPT_COMMAND 2>/dev/null) == 'declare -a'* ]]; then
        PROMPT_COMMAND+=('"${__askfirst_hook-:}"')
    else
        PROMPT_COMMAND="${PROMPT_COMMAND:+$PROMPT_COMMAND$'\n'}"'"${__askfirst_hook-:}"'
    fi
fi
