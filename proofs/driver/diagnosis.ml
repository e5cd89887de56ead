(* Why a certificate was rejected, and where, in one line. Not trusted: the verdict was the verified
   function's alone; here its pieces run once more, and the first that says no is described.

   Looked at in this order: form; links and bounds before the first step; then of one step bounds, links,
   outputs. So what comes first is what the rest may follow from. *)
module Integer = Z
open Verified

let rational = Certificate.string_of_rational
let sign q = Integer.sign q.qnum

(* ---- forms, as one reads them ---- *)

let longest = 160
let cut text = if String.length text <= longest then text else String.sub text 0 longest ^ "..."

(* Stops early: a form may be far longer than what is shown of it. *)
exception Long
let form_text get f =
  let b = Buffer.create 200 in
  let add s = Buffer.add_string b s; if Buffer.length b > longest then raise Long in
  let rec form f =
    if f = [] then add "0";
    List.iteri (fun place (i, c) -> term (place = 0) (get i) c) f
  and term first d c =
    add (match first, sign c < 0 with
      | true, true -> "-" | true, false -> "" | false, true -> " - " | false, false -> " + ");
    let size = { c with qnum = Integer.abs c.qnum } in
    match d with
    | Some DOne -> add (rational size)
    | _ -> if rational size <> "1" then (add (rational size); add " "); atom d
  and atom = function
    | None -> add "?"
    | Some DOne -> add "1"
    | Some (DIn j) -> add (Printf.sprintf "in[%d]" j)
    | Some (DSt (k, j)) -> add (Printf.sprintf "src[%d.%d]" k j)
    | Some (DTg (k, j)) -> add (Printf.sprintf "tgt[%d.%d]" k j)
    | Some (DRelu f) -> add "relu("; form f; add ")"
    | Some (DMul (f, g)) -> factor f; add " * "; factor g
  and factor f = match f with
    | [(i, { qnum; qden })] when Integer.equal qnum qden -> atom (get i)
    | _ -> add "("; form f; add ")" in
  (try form f with Long -> ());
  cut (Buffer.contents b)

let side = function None -> "-" | Some q -> rational q

(* ---- the first place where something is wrong ---- *)

exception Found of string
let found format = Printf.ksprintf (fun s -> raise (Found s)) format

let at l i default = match List.nth_opt l i with Some x -> x | None -> default
(* Every claim of a list by node and coordinate, with the value that it is about. *)
let each claims values default visit =
  List.iteri (fun k row ->
    let v = at values k [] in
    List.iteri (fun j claim -> visit k j claim (at v j default)) row) claims

let ill_formed (t : Certificate.t) =
  let c = t.certificate in
  if not (wf t.dimension t.source) then found "ill-formed: the source";
  if not (wf t.dimension t.target) then found "ill-formed: the target";
  if remembered 0 c.cpl.nodes <> [] then found "ill-formed: the coupling program remembers";
  let said = match out_dim (List.length c.inp) c.cpl with
    | Some d -> d | None -> found "ill-formed: the coupling program" in
  List.iteri (fun place (k, j) ->
    if j >= List.length (at t.source.inits k []) then
      found "ill-formed: read %d of the coupling program: src[%d.%d] is not remembered" place k j) c.inp;
  let fit what claims inits =
    List.iteri (fun k row -> let most = List.length (at inits k []) in
      if List.length row > most then
        found "ill-formed: %d %s on a node that remembers %d values: node %d"
          (List.length row) what most k) claims in
  fit "links" c.links t.target.inits;
  each c.links [] [] (fun k j link _ -> match link with
    | Some i when i >= said ->
      found "ill-formed: link of tgt[%d.%d] to output %d of a coupling program of %d outputs" k j i said
    | _ -> ());
  fit "bounds of the source" c.src_bounds t.source.inits;
  fit "bounds of the target" c.tgt_bounds t.target.inits

let not_ok (t : Certificate.t) get bnd find wit =
  let c = t.certificate in
  let text = form_text get in
  match symbolic get bnd find wit t.dimension t.source t.target c with
  | None -> found "undecided: a product or a ReLU is not in the table of atoms"
  | Some s ->
    let start p = sinit p in
    each c.links (start t.target) [] (fun k j link value -> match link with
      | Some i when not (feqb value (at s.said_at_start i [])) ->
        found "link wrong at the start: target node %d, coordinate %d: it is %s, the coupling says %s"
          k j (text value) (text (at s.said_at_start i []))
      | _ -> ());
    let bounds who claims values wrong =
      each claims values [] (fun k j claim value ->
        if not (chk_bound get bnd wit claim value) then
          found "bound %s: %s node %d, coordinate %d: %s, claimed within %s and %s"
            wrong who k j (text value) (side (fst claim)) (side (snd claim))) in
    bounds "source" c.src_bounds (start t.source) "wrong at the start";
    bounds "target" c.tgt_bounds (start t.target) "wrong at the start";
    bounds "source" c.src_bounds s.src_values "not preserved";
    bounds "target" c.tgt_bounds s.tgt_values "not preserved";
    each c.links s.tgt_values [] (fun k j link value -> match link with
      | Some i when not (feqb value (at s.said_after i [])) ->
        found "link not preserved: target node %d, coordinate %d: it is %s, the coupling says %s"
          k j (text value) (text (at s.said_after i []))
      | _ -> ());
    let from_source = at s.src_values t.source.out [] and from_target = at s.tgt_values t.target.out [] in
    if List.length from_source <> List.length from_target then
      found "outputs differ: %d coordinates of the source, %d of the target"
        (List.length from_source) (List.length from_target);
    List.iteri (fun j (f, g) -> if not (feqb f g) then
      found "outputs differ: coordinate %d: source %s, target %s" j (text f) (text g))
      (List.combine from_source from_target)

let of_form t = try ill_formed t; None with Found why -> Some why
let of_step t get bnd find wit =
  try not_ok t get bnd find wit; "undecided: the table of atoms or its bounds" with Found why -> why
