# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of lrp for bash; the names come from lrp itself.

# The names in a list: what stands at the left edge.
_lrp_names () {
  lrp list "$1" 2>/dev/null | sed -n '/^[^ ]/p'
}

# The public networks: the first words of the table, below its head.
_lrp_public () {
  lrp models 2>/dev/null | sed -n '2,/^$/s/ .*//p'
}

_lrp_words () {
  local IFS=$'\n'
  COMPREPLY=($(compgen -W "$1" -- "$2"))
}

_lrp_files () {
  local IFS=$'\n'
  compopt -o filenames
  COMPREPLY+=($(compgen -f -- "$1"))
}

# The value of an option; false where it is not one whose values are known.
_lrp_value () {
  case $1 in
    --method) _lrp_words "$(_lrp_names methods)" "$2" ;;
    --composite) _lrp_words "$(_lrp_names composites)" "$2" ;;
    --colormap) _lrp_words "$(_lrp_names colormaps)" "$2" ;;
    --metric) _lrp_words "$(_lrp_names metrics)" "$2" ;;
    --fit) _lrp_words $'fill\nwhole\nstretch' "$2" ;;
    --start) _lrp_words $'logit\none' "$2" ;;
    --target) _lrp_words $'top\nrunner-up\nall\ntop@winning' "$2" ;;
    --against) _lrp_words $'top\nrunner-up' "$2" ;;
    --rule)
      case $2 in
        *=*) _lrp_words "$(_lrp_names rules)" "${2#*=}" ;;
        *) compopt -o nospace; _lrp_words '*=' "$2" ;;
      esac ;;
    -o | --output | --weights) _lrp_files "$2" ;;
    --scale | --mean | --std | --layer | --clip | --gain | --overlay | --repeat | --save-composite | --allow-memory) ;;
    *) return 1 ;;
  esac
}

_lrp () {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}
  COMPREPLY=()
  # "--method=gr" arrives as three words, since "=" divides words.
  if [ "$current" = = ]; then
    current=
  elif [ "$previous" = = ]; then
    previous=${COMP_WORDS[COMP_CWORD - 2]}
    case $previous in
      -*) ;;
      *) previous=--rule current="*=$current" ;;
    esac
  fi
  if [ "$COMP_CWORD" = 1 ]; then
    _lrp_words $'explain\npredict\ninfo\nevaluate\nlist\nmodels\n--help\n--version' "$current"
    return
  fi
  _lrp_value "$previous" "$current" && return
  case $command:$current in
    explain:-*)
      _lrp_words $'--method\n--composite\n--rule\n--save-composite\n--force\n--target\n--against\n--unit\n--start\n--fit\n--scale\n--mean\n--std\n--bgr\n--rgb\n--invert\n--no-invert\n--center\n--no-center\n--layer\n--through\n--output\n--colormap\n--clip\n--gain\n--overlay\n--smooth\n--dark\n--no-outline\n--class-sensitivity\n--repeat\n--weights\n--allow-memory\n--json\n--help' "$current" ;;
    evaluate:-*)
      _lrp_words $'--method\n--metric\n--composite\n--rule\n--target\n--against\n--unit\n--start\n--fit\n--scale\n--mean\n--std\n--bgr\n--rgb\n--invert\n--no-invert\n--center\n--no-center\n--output\n--weights\n--allow-memory\n--json\n--help' "$current" ;;
    predict:-*) _lrp_words $'--fit\n--scale\n--mean\n--std\n--bgr\n--rgb\n--invert\n--no-invert\n--center\n--no-center\n--output\n--weights\n--allow-memory\n--json\n--help' "$current" ;;
    info:-*) _lrp_words $'--weights\n--json\n--help' "$current" ;;
    models:-*) _lrp_words $'--json\n--help' "$current" ;;
    models:*)
      if [ "$COMP_CWORD" = 2 ]; then
        _lrp_words $'fetch\nremove' "$current"
      else
        _lrp_words "$(_lrp_public)" "$current"
      fi ;;
    list:-*) _lrp_words $'--json\n--help' "$current" ;;
    list:*) _lrp_words $'models\nmethods\ncomposites\nrules\ncolormaps\nmetrics' "$current" ;;
    *)
      [ "$COMP_CWORD" = 2 ] && _lrp_words "$(_lrp_names models)" "$current"
      _lrp_files "$current" ;;
  esac
}

complete -F _lrp lrp
