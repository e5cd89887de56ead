(* A Coq file in which Coq's own kernel runs the checker on one certificate: then neither extraction
   nor OCaml need be trusted, but that the file states what was meant. For small programs. *)
module Integer = Z
open Verified

let list f l = "[" ^ String.concat "; " (List.map f l) ^ "]"
let nat n = string_of_int n ^ "%nat"
let rational q = Printf.sprintf "(%s # %s)" (Integer.to_string q.qnum) (Integer.to_string q.qden)
let option f = function None -> "None" | Some x -> "Some " ^ f x
let pair f g (a, b) = Printf.sprintf "(%s, %s)" (f a) (g b)
let row = list (pair nat rational)

let node = function
  | OInput -> "OInput"
  | OLin (rows, i) -> Printf.sprintf "OLin %s %s" (list (pair row rational) rows) (nat i)
  | ORelu i -> "ORelu " ^ nat i
  | OState (rows, i) ->
    Printf.sprintf "OState %s %s" (list (pair (pair row row) rational) rows) (nat i)
  | OPrev k -> "OPrev " ^ nat k
  | OConcat l -> "OConcat " ^ list nat l
  | OMulti i -> "OMulti " ^ nat i
let program p =
  Printf.sprintf "{| nodes := %s;\n   inits := %s; out := %s |}"
    (list node p.nodes) (list (list rational) p.inits) (nat p.out)

let positive i = Integer.to_string i ^ "%positive"
let form = list (pair positive rational)
let atom = function
  | DOne -> "DOne"
  | DIn j -> "DIn " ^ nat j
  | DSt (k, j) -> Printf.sprintf "DSt %s %s" (nat k) (nat j)
  | DTg (k, j) -> Printf.sprintf "DTg %s %s" (nat k) (nat j)
  | DRelu f -> "DRelu " ^ form f
  | DSum f -> "DSum " ^ form f
  | DMul (f, g) -> Printf.sprintf "DMul %s %s" (form f) (form g)

let bounds = pair (option rational) (option rational)

let move = function
  | Flip r -> "Flip " ^ positive r
  | Group a -> "Group " ^ positive a
  | Share (i, q) -> Printf.sprintf "Share %s %s" (positive i) (rational q)
  | Parallel (s, with_sum) -> Printf.sprintf "Parallel %s %b" (positive s) with_sum

let certificate c table =
  Printf.sprintf
    "{| inp := %s;\n  tgt_inp := %s;\n  cpl := %s;\n\
    \  links := %s;\n  src_links := %s;\n\
    \  src_bounds := %s;\n  tgt_bounds := %s;\n  table := %s |}"
    (list (pair nat nat) c.inp) (list (pair nat nat) c.tgt_inp) (program c.cpl)
    (list (list (option nat)) c.links) (list (list (option nat)) c.src_links)
    (list (list bounds) c.src_bounds) (list (list bounds) c.tgt_bounds)
    (list (pair atom bounds) table)
let all_ways = list (pair form (list (list move)))


(* What the searches found: for a file that states the rest itself. *)
let witnesses table ways =
  Printf.sprintf
    "Definition entries : list entry := %s.\n\
     Definition ways : list (form * list (list move)) := %s.\n"
    (list (pair atom bounds) table) (list (pair form (list (list move))) ways)

(* Of one certificate. *)
let single (t : Certificate.t) table ways =
  let c = t.certificate in
  Printf.sprintf
    "From Coq Require Import List QArith PArith.\nImport ListNotations.\n\
     From LSRL Require Import Language WellFormed Forms Checker CheckSound Rings Search.\n\
     Local Open Scope Q_scope.\n\
     Definition source : prog := %s.\n\
     Definition target : prog := %s.\n\
     Definition inputs : list bounds := %s.\n\
     Definition certificate : cert := %s.\n\
     Definition ways : list (form * list (list move)) := %s.\n\
     Lemma accepted :\n\
    \  check (search (table certificate)) (search_moves ways) inputs %s\n\
    \    source target certificate = true.\n\
     Proof. vm_cast_no_check (eq_refl true). Qed.\n\
     Theorem equal : forall xs, Forall (good_input R_oring inputs %s) xs ->\n\
    \  strict R_oring source xs = Some (sem R_oring source xs) /\\\n\
    \  strict R_oring target xs = Some (sem R_oring source xs).\n\
     Proof. exact (check_sound_R _ _ _ _ _ _ _ accepted). Qed.\n\
     Print Assumptions accepted.\n"
    (program t.source) (program t.target) (list bounds t.inputs)
    (certificate c table) (all_ways ways) (nat t.dimension) (nat t.dimension)

(* Of several, one behind the other. *)
let chain found =
  let (head : Certificate.t), _, _ = List.hd found in
  let definitions = List.mapi (fun i ((t : Certificate.t), table, ways) ->
    Printf.sprintf
      "Definition target_%d : prog := %s.\nDefinition certificate_%d : cert := %s.\n\
       Definition ways_%d : list (form * list (list move)) := %s.\n"
      i (program t.target) i (certificate t.certificate table) i (all_ways ways)) found in
  let link i _ = Printf.sprintf
    "{| link_target := target_%d; link_cert := certificate_%d;\n\
    \    link_atoms := search (table certificate_%d); link_ways := search_moves ways_%d |}" i i i i in
  Printf.sprintf
    "From Coq Require Import List QArith PArith.\nImport ListNotations.\n\
     From LSRL Require Import Language WellFormed Forms Checker CheckSound Chain Rings Search.\n\
     Local Open Scope Q_scope.\n\
     Definition source : prog := %s.\n\
     Definition inputs : list bounds := %s.\n\
     %s\
     Definition chain : list link := %s.\n\
     Lemma accepted : check_chain inputs %s source chain = true.\n\
     Proof. vm_cast_no_check (eq_refl true). Qed.\n\
     Theorem equal : forall xs, Forall (good_input R_oring inputs %s) xs ->\n\
    \  strict R_oring source xs = Some (sem R_oring source xs) /\\\n\
    \  strict R_oring target_%d xs = Some (sem R_oring source xs).\n\
     Proof. exact (chain_sound R_oring _ _ _ _ accepted). Qed.\n\
     Print Assumptions accepted.\n"
    (program head.source) (list bounds head.inputs) (String.concat "" definitions)
    (list Fun.id (List.mapi link found)) (nat head.dimension) (nat head.dimension)
    (List.length found - 1)

let file = function
  | [(t, table, ways)] -> single t table ways
  | found -> chain found
