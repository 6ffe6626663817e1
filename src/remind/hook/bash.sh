# askfirst: one line when a check-in is due, at most every four hours.
# For ~/.bashrc:  eval "$(askfirst hook bash)"
__askfirst_prompt() {
    local __askfirst_status=$? __askfirst_now=${ASKFIRST_EPOCH:-${EPOCHSECONDS-}} __askfirst_line= IFS=
    [[ -r @NEXT@ ]] && builtin read -r __askfirst_line <@NEXT@ || :
    # Mostly the line is known, and its moment has not come.
    if [[ $__askfirst_line != "${__askfirst_seen--}" || $__askfirst_now == *[!0-9]* ]] ||
        ((__askfirst_now >= __askfirst_at || __askfirst_now < __askfirst_since)); then
        __askfirst_look
    fi
    # With errexit, the status of the last command would end the shell.
    [[ $- == *e* ]] || return "$__askfirst_status"
}
__askfirst_look() {
    local __askfirst_written=${__askfirst_line#* } __askfirst_rest=14400
    if [[ -z $__askfirst_now ]] && ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 402)); then
        builtin printf -v __askfirst_now '%(%s)T' -1
    fi
    if [[ -z $__askfirst_now || $__askfirst_now == *[!0-9]* ]]; then
        # An old bash has no clock: the program looks, now and then.
        __askfirst_now=$SECONDS __askfirst_rest=600 __askfirst_line=asked
    fi
    if [[ $__askfirst_line != "${__askfirst_seen--}" ]]; then
        __askfirst_seen=$__askfirst_line __askfirst_at=${__askfirst_line%% *}
        # What stands in a file is looked at before it is reckoned with.
        if [[ -z $__askfirst_written || ${#__askfirst_written} -gt 12 || $__askfirst_written == *[!0-9]* ||
            -z $__askfirst_at || ${#__askfirst_at} -gt 12 || ${__askfirst_at/#none/9} == *[!0-9]* ]]; then
            # Nothing is known, or it was damaged: it is time.
            __askfirst_at=0 __askfirst_written=0
        fi
        [[ $__askfirst_at == none ]] && __askfirst_at=999999999999
        __askfirst_at=$((10#$__askfirst_at))
        # What was written later than now was written before the clock went back.
        __askfirst_since=$((10#$__askfirst_written - 3600))
    fi
    if ((__askfirst_now >= __askfirst_at || __askfirst_now < __askfirst_since)) && [[ -x @PROGRAM@ ]]; then
        # The program writes another line. Where it cannot, the shell rests as well.
        __askfirst_at=$((__askfirst_now + __askfirst_rest)) __askfirst_since=0
        @PROGRAM@ due --hook </dev/null 1>&2 2>/dev/null || :
    fi
    return 0
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
