autocmd BufNewFile,BufRead *.flowexp setfiletype flowexp
