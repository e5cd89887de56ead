(* Reading and printing the text of a certificate: words separated by white space (README.md).

   Trusted. The reader refuses what it does not understand, with the number of the word, and never
   makes a list longer than the words that are left. What it read is printed back by [print], in one
   canonical layout, so that it can be compared with what was written. *)
module Integer = Z
module Rational = Q
open Verified

type t = {
  dimension : int;                            (* of an input *)
  inputs : bounds list;                       (* assumed bounds of each coordinate of the input *)
  source : prog;
  target : prog;
  certificate : cert;                         (* without a table: the checker's driver makes that *)
}

exception Unreadable of int * string          (* the number of the word, from 1; what is wrong *)

(* ---- words ---- *)

let is_space c = c = ' ' || c = '\n' || c = '\t' || c = '\r'

let words text =
  let found = ref [] and stop = ref (String.length text) in
  for i = String.length text - 1 downto -1 do
    if i < 0 || is_space text.[i] then begin
      if i + 1 < !stop then found := String.sub text (i + 1) (!stop - i - 1) :: !found;
      stop := i
    end
  done;
  Array.of_list !found

type reader = { text : string array; mutable next : int }

let refuse r what = raise (Unreadable (r.next, what))

let word r expected =
  if r.next >= Array.length r.text then begin
    r.next <- r.next + 1;
    refuse r ("expected " ^ expected ^ ", found the end")
  end;
  r.next <- r.next + 1;
  r.text.(r.next - 1)

let shown w = "'" ^ String.escaped (if String.length w > 40 then String.sub w 0 40 ^ "..." else w) ^ "'"
(* Whether the next word is [w]; if so, it is passed over. *)
let takes r w =
  let found = r.next < Array.length r.text && r.text.(r.next) = w in
  if found then r.next <- r.next + 1;
  found
let expect r w = let found = word r w in if found <> w then refuse r ("expected " ^ w ^ ", found " ^ shown found)

let is_digits w = w <> "" && String.for_all (fun c -> '0' <= c && c <= '9') w

(* A natural number below 10^15. *)
let natural r expected =
  let w = word r expected in
  if is_digits w && String.length w <= 15 then int_of_string w
  else refuse r ("expected " ^ expected ^ ", found " ^ shown w)

(* p or p/q, p with or without a minus, q positive. *)
let rational_of r w =
  let bad () = refuse r ("expected a rational, found " ^ shown w) in
  let top, bottom = match String.split_on_char '/' w with
    | [p] -> p, "1" | [p; q] -> p, q | _ -> bad () in
  let size = String.length top in
  let unsigned = if size > 0 && top.[0] = '-' then String.sub top 1 (size - 1) else top in
  if not (is_digits unsigned && is_digits bottom) then bad ();
  let p = Integer.of_string top and q = Integer.of_string bottom in
  if Integer.sign q = 0 then bad ();
  let lowest = Rational.make p q in
  { qnum = Rational.num lowest; qden = Rational.den lowest }
let rational r = rational_of r (word r "a rational")

(* [count] times [read]; each takes at least one word. *)
let many r count read =
  if count > Array.length r.text - r.next then
    refuse r (Printf.sprintf "%d items expected, %d words left" count (Array.length r.text - r.next));
  let items = ref [] in
  for _ = 1 to count do items := read () :: !items done;
  List.rev !items
let counted r what read = let count = natural r ("the number of " ^ what) in many r count read

(* ---- the grammar ---- *)

let row r = counted r "entries" (fun () ->
  let column = natural r "a column" in
  let value = rational r in
  (column, value))

let node r () = match word r "a node" with
  | "input" -> OInput
  | "lin" ->
    let rows = natural r "the number of rows" in
    let source = natural r "a node's number" in
    OLin (many r rows (fun () -> let a = row r in let b = rational r in (a, b)), source)
  | "relu" -> ORelu (natural r "a node's number")
  | "state" ->
    let rows = natural r "the number of rows" in
    let source = natural r "a node's number" in
    OState (many r rows (fun () ->
      let a = row r in let b = row r in let c = rational r in ((a, b), c)), source)
  | "prev" -> OPrev (natural r "a node's number")
  | "concat" -> OConcat (counted r "inputs" (fun () -> natural r "a node's number"))
  | "multi" -> OMulti (natural r "a node's number")
  | w -> refuse r ("expected a node, found " ^ shown w)

let program r =
  expect r "prog";
  let count = natural r "the number of nodes" in
  let out = natural r "the output's number" in
  let nodes = many r count (node r) in
  expect r "inits";
  let inits = counted r "initial values" (fun () -> counted r "elements" (fun () -> rational r)) in
  { nodes; inits; out }

let optional r expected read = match word r expected with "-" -> None | w -> Some (read w)

(* Two words: a lower bound and an upper bound that is not below it. *)
let interval r () =
  let low = optional r "a lower bound or -" (rational_of r) in
  let high = optional r "an upper bound or -" (rational_of r) in
  (match low, high with
   | Some p, Some q ->
     if Integer.compare (Integer.mul p.qnum q.qden) (Integer.mul q.qnum p.qden) > 0 then
       refuse r "the upper bound is below the lower bound"
   | _ -> ());
  (low, high)

(* What comes behind the programs. *)
let claims r () =
  let reads () = counted r "inputs of the coupling program" (fun () ->
    let k = natural r "a node's number" in
    let j = natural r "a coordinate" in
    (k, j)) in
  let also read = if takes r "also" then read () else [] in
  let inp = reads () in
  let tgt_inp = also reads in
  let cpl = program r in
  let link w = if is_digits w && String.length w <= 15 then int_of_string w
    else refuse r ("expected a link or -, found " ^ shown w) in
  let rows () = counted r "linked nodes" (fun () ->
    counted r "links" (fun () -> optional r "a link or -" link)) in
  let links = rows () in
  let src_links = also rows in
  let bounds () = counted r "bounded nodes" (fun () -> counted r "bounds" (interval r)) in
  let src_bounds = bounds () in
  let tgt_bounds = bounds () in
  { inp; tgt_inp; cpl; links; src_links; src_bounds; tgt_bounds; table = [] }

(* A certificate; or several, one behind the other, each with the target of the one before for its
   source. *)
let read text =
  let r = { text = words text; next = 0 } in
  let count = if takes r "chain" then natural r "the number of certificates" else 1 in
  if count = 0 then refuse r "expected at least one certificate, found 0";
  let dimension = natural r "the dimension of the input" in
  let inputs = many r dimension (interval r) in
  let first = program r in
  let targets = many r count (fun () -> program r) in
  let certificates = many r count (claims r) in
  if r.next < Array.length r.text then begin
    r.next <- r.next + 1;
    refuse r ("expected the end, found " ^ shown r.text.(r.next - 1))
  end;
  let rec chained source targets certificates = match targets, certificates with
    | target :: ts, certificate :: cs ->
      { dimension; inputs; source; target; certificate } :: chained target ts cs
    | _ -> [] in
  chained first targets certificates

(* ---- printing back ---- *)

let string_of_rational q =
  if Integer.equal q.qden Integer.one then Integer.to_string q.qnum
  else Integer.to_string q.qnum ^ "/" ^ Integer.to_string q.qden

let print chain =
  let b = Buffer.create 65536 in
  let add w = Buffer.add_char b ' '; Buffer.add_string b w in
  let start w = Buffer.add_string b w in
  let line () = Buffer.add_char b '\n' in
  let number n = add (string_of_int n) and rational q = add (string_of_rational q) in
  let row entries =
    number (List.length entries);
    List.iter (fun (column, value) -> number column; rational value) entries in
  let node = function
    | OInput -> start "input"; line ()
    | OLin (rows, i) ->
      start "lin"; number (List.length rows); number i; line ();
      List.iter (fun (a, c) -> start " "; row a; rational c; line ()) rows
    | ORelu i -> start "relu"; number i; line ()
    | OState (rows, i) ->
      start "state"; number (List.length rows); number i; line ();
      List.iter (fun ((a, x), c) -> start " "; row a; row x; rational c; line ()) rows
    | OPrev k -> start "prev"; number k; line ()
    | OConcat l -> start "concat"; number (List.length l); List.iter number l; line ()
    | OMulti i -> start "multi"; number i; line () in
  let program p =
    start "prog"; number (List.length p.nodes); number p.out; line ();
    List.iter node p.nodes;
    start "inits"; number (List.length p.inits); line ();
    List.iter (fun v -> start " "; number (List.length v); List.iter rational v; line ()) p.inits in
  let optional show = function None -> add "-" | Some x -> show x in
  let head = List.hd chain in
  if List.length chain > 1 then (start "chain"; number (List.length chain); line ());
  start (string_of_int head.dimension);
  let interval (low, high) = optional rational low; optional rational high in
  List.iter interval head.inputs; line ();
  program head.source;
  List.iter (fun t -> program t.target) chain;
  let reads l =
    start (string_of_int (List.length l));
    List.iter (fun (k, j) -> number k; number j) l; line () in
  let also show l = if l <> [] then (start "also "; show l) in
  let rows show rows =
    start (string_of_int (List.length rows)); line ();
    List.iter (fun l -> start " "; number (List.length l); List.iter show l; line ()) rows in
  List.iter (fun { certificate = c } ->
    reads c.inp;
    also reads c.tgt_inp;
    program c.cpl;
    rows (optional number) c.links;
    also (rows (optional number)) c.src_links;
    rows interval c.src_bounds;
    rows interval c.tgt_bounds) chain;
  Buffer.contents b
