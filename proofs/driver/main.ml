(* verified-checker: reads a certificate, runs the checker that Coq proved sound, says what it found.

     verified-checker FILE           verdict, and the hash of what was read
     verified-checker --print FILE   what was read
     verified-checker --coq FILE     a Coq file that checks the certificate inside Coq's kernel

   FILE may be - for standard input. Exit codes: 0 accepted, 1 rejected, 2 undecided (out of memory or
   stack), 64 usage, 65 unreadable. *)
module Integer = Z
open Verified

module Definitions = Hashtbl.Make (struct
  type t = def
  let equal a b = compare a b = 0
  let hash d = Hashtbl.hash_param 500 500 d
end)
module Forms = Hashtbl.Make (struct
  type t = (Integer.t * q) list
  let equal a b = compare a b = 0
  let hash f = Hashtbl.hash_param 500 500 f
end)

(* The atoms and what is known of them, and the two searches that the checker is given. *)
type found = {
  table : (def * bounds) list;
  get : Integer.t -> def option;
  bnd : Integer.t -> bounds;
  find : def -> Integer.t option;
  wit : (Integer.t * q) list -> move list;
  look : (Integer.t * q) list -> move list;        (* like wit, but looks where it has not looked yet *)
}

(* The table of atoms is found by running the checker's own step with a table that grows when it is
   asked for something new. Nothing of this is trusted: the verdict is the second run's, in which
   neither the table nor the moves grow any more. *)
let search (t : Certificate.t) =
  let numbers = Definitions.create 1000 and atoms = Hashtbl.create 1000 and known = Forms.create 1000 in
  let count = ref 0 in
  let entry i = Hashtbl.find_opt atoms (Integer.to_int i) in
  let get i = Option.map fst (entry i) in
  let bnd i = match entry i with Some (_, b) -> b | None -> (None, None) in
  (* Positive multiples of a form have the same moves. *)
  let normal f = match f with
    | [] -> f
    | (_, c) :: _ -> fscale (qinv (qabs c)) f in
  let look f =
    let f = normal f in
    match Forms.find_opt known f with
    | Some m -> m
    | None -> let m = moves get bnd f in Forms.add known f m; m in
  let c = t.certificate in
  let insert d =
    let b = bounds_of get bnd look t.inputs c.src_bounds c.tgt_bounds d in
    incr count; Definitions.add numbers d !count; Hashtbl.add atoms !count (d, b); !count in
  ignore (insert DOne);
  let find d = Some (Integer.of_int (match Definitions.find_opt numbers d with
    | Some i -> i | None -> insert d)) in
  ignore (check_core get bnd find look t.dimension t.source t.target c);
  { table = List.init (!count - 1) (fun i -> Hashtbl.find atoms (i + 2)); get; bnd; look;
    find = (fun d -> Option.map Integer.of_int (Definitions.find_opt numbers d));
    wit = (fun f -> Option.value (Forms.find_opt known (normal f)) ~default:[]) }

let verdict (t : Certificate.t) =
  let c = t.certificate in
  match Diagnosis.before_the_step t with
  | Some why when not (wf_cert t.dimension t.source t.target c && hold_at_start c.src_bounds t.source
                       && hold_at_start c.tgt_bounds t.target) -> Error why
  | _ ->
    let s = search t in
    if check s.find s.wit t.inputs t.dimension t.source t.target { c with table = s.table }
    then Ok s.table
    else Error (Diagnosis.of_the_step t s.get s.bnd s.find s.look)

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
  | `Check | `Coq ->
    if mode = `Check then describe name t;
    match verdict t with
    | Ok table ->
      if mode = `Coq then print_string (Kernel.file t table)
      else Printf.printf "accepted, with %d atoms\n" (List.length table + 1);
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
  | [_; name] when name = "-" || name = "" || name.[0] <> '-' -> attempt `Check name
  | _ -> fail 64 "usage: verified-checker [--print | --coq] FILE"
