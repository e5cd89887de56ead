(* How many coordinates one step of a certificate's programs has: concatenations of concatenations make
   vectors that no memory holds. Judging such a thing is not begun. *)
open Verified

(* Beyond this a certificate is left undecided. *)
let most = 1 lsl 26

let plus a b = if a > most || b > most then most + 1 else a + b

let of_program inputs p =
  let count = List.length p.nodes in
  let widths = Array.make count 0 in
  let width i = if 0 <= i && i < count then widths.(i) else 0 in
  let initial = Array.of_list (List.map List.length p.inits) in
  let node = function
    | OInput -> inputs
    | OLin (rows, _) -> List.length rows
    | OState (rows, _) -> List.length rows
    | ORelu i -> width i
    | OPrev k -> if k < Array.length initial then initial.(k) else 0
    | OConcat l -> List.fold_left (fun sum i -> plus sum (width i)) 0 l
    | OMulti i -> width i / 2 in
  List.iteri (fun i n -> widths.(i) <- node n) p.nodes;
  Array.fold_left plus 0 widths

let is_too_much (t : Certificate.t) =
  let c = t.certificate in
  let read = List.length c.inp + List.length c.tgt_inp in
  List.fold_left plus 0
    [of_program t.dimension t.source; of_program t.dimension t.target; of_program read c.cpl] > most
