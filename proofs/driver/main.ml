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

(* What the searches found of one certificate, or why it need not be looked at. *)
let searched (t : Certificate.t) =
  let c = t.certificate in
  if Width.is_too_much t then raise Out_of_memory;
  match Diagnosis.before_the_step t with
  | Some why when not (wf_cert t.dimension t.source t.target c && hold_at_start c.src_bounds t.source
                       && hold_at_start c.tgt_bounds t.target) -> Error why
  | _ -> Ok (Search.of_certificate t)

exception Rejected of string

(* The verdict is that of the verified function: of the searches it knows only what was found, the tables
   and the ways, which do not change any more. *)
let verdict chain =
  let count = List.length chain in
  let reject number why =
    raise (Rejected (if count = 1 then why
      else Printf.sprintf "certificate %d of %d: %s" (number + 1) count why)) in
  let found = List.mapi (fun number (t : Certificate.t) ->
    match searched t with Ok (s, step) -> (t, s, step, Search.table s) | Error why -> reject number why)
    chain in
  let link ((t : Certificate.t), s, _, table) =
    { link_target = t.target; link_cert = { t.certificate with table };
      link_atoms = Search.find s; link_ways = Search.ways s } in
  let head = List.hd chain in
  if check_chain head.inputs head.dimension head.source (List.map link found) then found
  else begin
    List.iteri (fun number (((t : Certificate.t), s, step, _) as one) ->
      let l = link one in
      if not (check l.link_atoms l.link_ways t.inputs t.dimension t.source t.target l.link_cert) then
        reject number (Diagnosis.of_the_step t s step)) found;
    raise (Rejected "undecided")
  end

let read_all name =
  let channel = if name = "-" then stdin else open_in_bin name in
  let buffer = Buffer.create 65536 in
  (try while true do Buffer.add_channel buffer channel 1 done with End_of_file -> ());
  Buffer.contents buffer

let describe name chain =
  let head : Certificate.t = List.hd chain in
  let count p = List.length p.nodes in
  let targets = List.map (fun (t : Certificate.t) ->
    Printf.sprintf "target %d nodes" (count t.target)) chain in
  Printf.printf "read %s: source %d nodes, %s, %d inputs; sha256 %s\n%!"
    name (count head.source) (String.concat ", its " targets) head.dimension
    (Sha256.hex (Certificate.print chain))

let run mode name =
  let t = Certificate.read (read_all name) in
  match mode with
  | `Print -> print_string (Certificate.print t); 0
  | `Check | `Coq | `Witnesses ->
    if mode = `Check then describe name t;
    match verdict t with
    | found ->
      if mode = `Check then
        Printf.printf "accepted, with %s atoms\n" (String.concat " and " (List.map
          (fun (_, (s : Search.t), _, _) -> string_of_int (Search.Definitions.length s.numbers)) found))
      else begin
        let shown = List.map (fun (t, s, _, table) -> (t, table, Search.all_ways s)) found in
        match mode, shown with
        | `Witnesses, [(_, table, ways)] -> print_string (Kernel.witnesses table ways)
        | `Witnesses, _ -> prerr_endline "verified-checker: --witnesses is for one certificate alone"; exit 64
        | _ -> print_string (Kernel.file shown)
      end;
      0
    | exception Rejected reason -> prerr_endline ("rejected: " ^ reason); 1

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
  | [_; "--serve"] -> Serve.run (fun chain -> match verdict chain with _ -> Ok () | exception Rejected why -> Error why)
  | [_; name] when name = "-" || name = "" || name.[0] <> '-' -> attempt `Check name
  | _ -> fail 64 "usage: verified-checker [--print | --coq | --witnesses] FILE, or --serve"
