" Vim syntax file for FlowExp experiments.
if exists('b:current_syntax')
  finish
endif

syntax case match
syntax iskeyword @,48-57,_,192-255

syntax match flowexpPart /\v<(with>)@!\K\k*>\ze\s*\{/

" Words that begin something, unless they are the name of a field.
syntax match flowexpKind /\v<(param|let|fn|system|observable|mask|sampler|data|architecture|loss|metric|schedule|experiment|sweep|profile|phase)>(\s*\=)@!/
syntax match flowexpKeyword /\v<(flowexp|import|as|on|of|extends|data_free|expect|claim|within|baseline|confidence)>(\s*\=)@!/
syntax keyword flowexpControl and or not if then else for in where with
syntax keyword flowexpTruth true false
syntax keyword flowexpVariable log_p log_q log_w beta
syntax match flowexpField /\v<\K\k*>\ze\s*\=[^=]/
syntax match flowexpCall /\v<\K\k*>\ze\(/
syntax match flowexpNumber /\v<\d[0-9_]*(\.\d[0-9_]*)?([eE][+-]?\d+)?>/ nextgroup=flowexpUnit skipwhite
syntax match flowexpUnit /\v(<(and|or|not|if|then|else|for|in|where|with|of)>)@!\K\k*(\^-?\d+)?(\/\K\k*(\^-?\d+)?)*|\%/ contained
syntax match flowexpOperator />>\|->\|\.\.\|[<>=!]=/
syntax region flowexpString start=/"/ skip=/\\./ end=/"/ oneline contains=flowexpEscape
syntax match flowexpEscape /\\./ contained
syntax match flowexpComment /#.*$/ contains=@Spell,flowexpTodo
syntax keyword flowexpTodo TODO FIXME contained

highlight default link flowexpKind Type
highlight default link flowexpKeyword Keyword
highlight default link flowexpControl Conditional
highlight default link flowexpTruth Boolean
highlight default link flowexpVariable Identifier
highlight default link flowexpField Label
highlight default link flowexpPart Structure
highlight default link flowexpCall Function
highlight default link flowexpNumber Number
highlight default link flowexpUnit Special
highlight default link flowexpOperator Operator
highlight default link flowexpString String
highlight default link flowexpEscape SpecialChar
highlight default link flowexpComment Comment
highlight default link flowexpTodo Todo

let b:current_syntax = 'flowexp'
