(* Answers for many certificates, one after the other: for whoever tries thousands.

   On standard input: "read N" or "check N", a line end, and N bytes, the text of a certificate; again and
   again, to the end. On standard output a line for each: the exit code that the checker would end with for
   this text, and what there is to say. [read] only reads, and answers 0 where the text is a certificate.

   A loop around the reader and the verdict, and no more: a certificate is judged as alone. *)

let answer judge command text =
  try
    let t = Certificate.read text in
    match command with
    | "read" -> (0, "")
    | _ -> (match judge t with Ok () -> (0, "") | Error reason -> (1, reason))
  with
  | Certificate.Unreadable (place, what) -> (65, Printf.sprintf "word %d: %s" place what)
  | Stack_overflow | Out_of_memory -> (2, "out of memory or stack")

let rec run judge =
  match input_line stdin with
  | exception End_of_file -> exit 0
  | header ->
    match String.split_on_char ' ' header with
    | [("read" | "check") as command; size] ->
      let text = really_input_string stdin (int_of_string size) in
      let code, reason = answer judge command text in
      Printf.printf "%d %s\n%!" code (String.concat " " (String.split_on_char '\n' reason));
      run judge
    | _ -> prerr_endline ("verified-checker: expected read or check, found " ^ String.escaped header); exit 64
