#!/bin/sh
# askfirst: after a checkout, one line when a check-in of this folder is due, at
# most every four hours. It never stops a checkout. For a repository, once:
#   askfirst hook git --install
# or, where there is such a hook already, add what follows to it.
# git tells 1 for the checkout of a branch, 0 for that of files.
askfirst_program=@PROGRAM@
if [ "${3:-1}" = 1 ] && [ -x "$askfirst_program" ]; then
    "$askfirst_program" due --hook=git </dev/null 1>&2 2>/dev/null || :
fi
