"""The scripts that shells run at TAB; each asks the program, and shows what it is told."""

from collections.abc import Mapping

BASH = r"""# Completion of coachlog for bash. To install it, put this line into ~/.bashrc and open a new shell:
#   source <(coachlog completion bash)
_coachlog() {
    local line kind="" value
    local -a values=() shown=()
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ -z $kind ]]; then
            kind=$line
            continue
        fi
        value=${line%%$'\t'*}
        values+=("$value")
        if [[ $line == *$'\t'* ]]; then
            shown+=("$value  (${line#*$'\t'})")
        else
            shown+=("$value")
        fi
    done < <(_COACHLOG_COMPLETE=bash command coachlog "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    if [[ $kind == files ]]; then
        compopt -o default 2>/dev/null
    elif (( ${#values[@]} == 1 )) || [[ $COMP_TYPE == 37 ]]; then
        COMPREPLY=("${values[@]}")
    elif (( ${#values[@]} > 1 )); then
        COMPREPLY=("${shown[@]}")
    fi
}
complete -o nosort -F _coachlog coachlog 2>/dev/null || complete -F _coachlog coachlog
"""
ZSH = r"""#compdef coachlog
# Completion of coachlog for zsh. To install it, put these two lines into ~/.zshrc and open a new shell:
#   autoload -Uz compinit && compinit
#   source <(coachlog completion zsh)
_coachlog() {
    local line kind
    local -a lines offered
    lines=("${(@f)$(_COACHLOG_COMPLETE=zsh command coachlog "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
    kind=$lines[1]
    if [[ $kind == files ]]; then
        _files
        return
    fi
    for line in "${(@)lines[2,-1]}"; do
        offered+=("${${line%%$'\t'*}//:/\\:}${${line#${line%%$'\t'*}}/$'\t'/:}")
    done
    (( $#offered )) && _describe -V coachlog offered
}
if [[ $funcstack[1] == _coachlog ]]; then
    _coachlog "$@"
else
    compdef _coachlog coachlog
fi
"""
FISH = r"""# Completion of coachlog for fish. To install it:
#   coachlog completion fish > ~/.config/fish/completions/coachlog.fish
function __coachlog_complete
    set -l typed (commandline -opc)
    set -l current (commandline -ct)
    set -e typed[1]
    set -l lines (env _COACHLOG_COMPLETE=fish coachlog $typed "$current" 2>/dev/null)
    set -l kind $lines[1]
    set -e lines[1]
    if test "$kind" = files
        __fish_complete_path "$current"
        return
    end
    for line in $lines
        printf '%s\n' $line
    end
end
complete --command coachlog --no-files --keep-order --arguments '(__coachlog_complete)'
"""
SCRIPTS: Mapping[str, str] = {"bash": BASH, "zsh": ZSH, "fish": FISH}
"""The script of each shell."""
