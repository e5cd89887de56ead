(* verified-checker: reads a certificate, runs the checker that Coq proved sound, says what it found.

     verified-checker FILE           verdict, and the hash of what was read
     verified-checker --print FILE   what was read
     verified-checker --coq FILE     a Coq file that checks the certificate inside Coq's kernel
     verified-checker --witnesses FILE   what the search found, as definitions in Coq
     verified-checker --serve        answers for many certificates: see Serve

   FILE may be - for standard input. Exit codes: 0 accepted, 1 rejected, 2 undecided (out of memory or
   stack), 64 usage, 65 unreadable. *)
module Integer = Z
open Verified

let verdict (t : Certificate.t) =
  let c = t.certificate in
  if Width.is_too_much t then raise Out_of_memory;
  match Diagnosis.before_the_step t with
  | Some why when not (wf_cert t.dimension t.source t.target c && hold_at_start c.src_bounds t.source
                       && hold_at_start c.tgt_bounds t.target) -> Error why
  | _ ->
    (* The verdict is that of the verified function: of the search it knows only what was found, the
       table and the ways, which do not change any more. *)
    let s, found = Search.of_certificate t in
    let table = Search.table s in
    if check (Search.find s) (Search.ways s) t.inputs t.dimension t.source t.target { c with table }
    then Ok (s, table)
    else Error (Diagnosis.of_the_step t s found)

let read_all name =
  let channel = if name = "-" then stdin else open_in_bin name in
  let buffer = Buffer.create 65536 in
  (try while true do Buffer.add_channel buffer channel 1 done with End_of_file -> ());
  Buffer.contents buffer

let describe name (t : Certificate.t) =
  let count p = List.length p.nodes in
  Printf.printf "read %s: source %d nodes, target %d nodes, %d inputs; sha256 %s\n%!"
    name (count t.source) (count t.target) t.dimension (Sha256.hex (Certificate.print t))

let run mode name =
  let t = Certificate.read (read_all name) in
  match mode with
  | `Print -> print_string (Certificate.print t); 0
  | `Check | `Coq | `Witnesses ->
    if mode = `Check then describe name t;
    match verdict t with
    | Ok (s, table) ->
      if mode = `Coq then print_string (Kernel.file t table (Search.all_ways s))
      else if mode = `Witnesses then print_string (Kernel.witnesses table (Search.all_ways s))
      else Printf.printf "accepted, with %d atoms\n" (Search.Definitions.length s.numbers);
      0
    | Error reason -> prerr_endline ("rejected: " ^ reason); 1

let () =
  let fail code message = prerr_endline ("verified-checker: " ^ message); exit code in
  let attempt mode name =
    try exit (run mode name) with
    | Certificate.Unreadable (place, what) -> fail 65 (Printf.sprintf "%s: word %d: %s" name place what)
    | Sys_error what -> fail 65 what
    | Stack_overflow | Out_of_memory -> fail 2 (name ^ ": undecided: out of memory or stack") in
  match Array.to_list Sys.argv with
  | [_; "--print"; name] -> attempt `Print name
  | [_; "--coq"; name] -> attempt `Coq name
  | [_; "--witnesses"; name] -> attempt `Witnesses name
  | [_; "--serve"] -> Serve.run (fun t -> Result.map ignore (verdict t))
  | [_; name] when name = "-" || name = "" || name.[0] <> '-' -> attempt `Check name
  | _ -> fail 64 "usage: verified-checker [--print | --coq | --witnesses] FILE, or --serve"
