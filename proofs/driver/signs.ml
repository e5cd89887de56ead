(* How the search for what the verified checker is to be shown sees lower bounds of forms: from the bounds
   of atoms, flips of ReLUs, known products, parallel ReLUs, and what is kept of sums.

   Not trusted: the checker looks at everything that is found here. What it finds decides what is
   accepted, though; README.md describes it, under "What the checker sees". *)
module Integer = Z
open Verified

type form = (Integer.t * q) list

(* Equal by all that is in them, not by a part. *)
module Definitions = Hashtbl.Make (struct
  type t = def
  let equal a b = compare a b = 0
  let hash d = Hashtbl.hash_param 500 500 d
end)
module Forms = Hashtbl.Make (struct
  type t = form
  let equal a b = compare a b = 0
  let hash f = Hashtbl.hash_param 500 500 f
end)

let zero = { qnum = Integer.zero; qden = Integer.one }
let one = { qnum = Integer.one; qden = Integer.one }
let sign q = Integer.sign q.qnum
let negated q = { q with qnum = Integer.neg q.qnum }
let times a b = qred (qmult a b)
let known_at_least_0 = function Some q -> sign q >= 0 | None -> false

(* A product that was expanded, of two forms that are not negative. *)
type product = { number : Integer.t; expanded : form; length : int }

(* What the arguments of parallel ReLUs are multiples of, up to a constant: without a constant itself, its
   first coefficient 1. *)
type direction = { sum : Integer.t; form : form; mutable size : int }

(* What is known of forms by a table's sum, that their terms do not show. *)
type range = { entry : Integer.t; least : q option; most : q option }

type t = {
  inputs : bounds list;
  certificate : cert;
  numbers : int Definitions.t;                       (* of the atoms that forms are made of *)
  atoms : (int, def * bounds) Hashtbl.t;             (* those, products that are known, directions *)
  mutable count : int;
  factor : (Integer.t, unit) Hashtbl.t;              (* is a factor of an atom *)
  products : (Integer.t, product list) Hashtbl.t;    (* by their last atom *)
  in_product : (Integer.t, unit) Hashtbl.t;          (* occurs in one of them *)
  directions : direction Forms.t;                    (* by their forms *)
  direction : (Integer.t, direction) Hashtbl.t;      (* of a ReLU *)
  ranges : range Forms.t;                            (* by directions: no constant, first coefficient 1 *)
  mutable ways : move list list Forms.t;             (* by forms, up to a positive factor *)
}

let entry s i = Hashtbl.find_opt s.atoms (Integer.to_int i)
let get s i = Option.map fst (entry s i)
let bnd s i = match entry s i with Some (_, b) -> b | None -> (None, None)
let find s d =
  Option.map Integer.of_int (Definitions.find_opt s.numbers d)
let ways s f = Option.value (Forms.find_opt s.ways (normal f)) ~default:[]
let factors s i = factors (get s) i

(* ---- flips ---- *)

(* Whether f - c r + c g has fewer terms than f, r = ReLU(g) being one of them; for c < 0, only whether all
   atoms of g are in f: then it has. *)
let flip_shortens c g f =
  let rec growth more left g f =
    if more - left >= 0 then false else
    match g, f with
    | [], _ -> true
    | _, [] -> more + left < 0
    | (i, a) :: g', (j, b) :: f' ->
      let order = Integer.compare i j in
      if order > 0 then growth more left g f'
      else if order < 0 then growth (more + 1) (left - 1) g' f
      else if sign a = - (sign b) && sign (qplus (qmult c a) b) = 0 then growth (more - 1) (left - 1) g' f'
      else growth more (left - 1) g' f' in
  growth (-1) (List.length g) g f

(* The form after the flip of c r, c being its coefficient, if that is seen to make it shorter. *)
let flipped s f r c =
  match get s r with
  | Some (DRelu g) when sign c <> 0 && flip_shortens c g f -> flip (get s) (bnd s) r f
  | _ -> None

(* Of the form's ReLUs with positive coefficients, in ascending order. *)
let flips s f =
  List.fold_left (fun (moves, f) (r, c) ->
    if sign c <= 0 then (moves, f) else
    match flipped s f r c with
    | Some (_, f') -> (moves @ [Flip r], f')
    | None -> (moves, f)) ([], f) f

(* Of all of the form's ReLUs, in descending order. *)
let flips_descending s f =
  List.fold_left (fun (moves, f) (r, _) ->
    match flipped s f r (coefficient r f) with
    | Some (_, f') -> (moves @ [Flip r], f')
    | None -> (moves, f)) ([], f) (List.rev f)

(* ---- groups ---- *)

let groups s f =
  let candidates = List.concat_map (fun (i, c) ->
    if sign c >= 0 then [] else
    match factors s i with Some (p, q) -> [p; q] | None -> []) f in
  let candidates = List.filter (fun a -> known_at_least_0 (fst (bnd s a))) candidates in
  let take (moves, f) a =
    let cof, rest = split (get s) a f in
    if known_at_least_0 (termwise (bnd s) zero cof) then (moves @ [Group a], rest) else (moves, f) in
  fst (List.fold_left take ([], f) (List.sort_uniq Integer.compare candidates))

(* ---- known products ---- *)

(* Again and again the one that makes the form shortest, of equal ones the first: what is left after none,
   one, two, and so on, with what is taken. *)
let without_products s f =
  let unit = if f = [] then one else qinv (qabs (snd (List.hd f))) in
  let rec shorten stages moves f length =
    let stages = (moves, f) :: stages in
    let best = ref None and least = ref length in
    List.iter (fun (a, c) ->
      let take p =
        if length - p.length < !least then begin
          let share = times c (qinv (coefficient a p.expanded)) in
          if sign share > 0 then begin
            let rest = fadd f (fscale (negated share) p.expanded) in
            let left = List.length rest in
            if left < !least then (best := Some (p, share, rest); least := left)
          end
        end in
      List.iter take (Option.value (Hashtbl.find_opt s.products a) ~default:[])) f;
    match !best with
    | Some (p, share, rest) -> shorten stages (moves @ [Share (p.number, times share unit)]) rest !least
    | None -> List.rev stages in
  if Hashtbl.length s.products = 0 then [([], f)] else shorten [] [] f (List.length f)

(* ---- parallel ReLUs ---- *)

let minus = fscale (negated one)

(* Where the form has two ReLUs along a direction, or one and a multiple of what is parallel to it that
   makes the form shorter: these, the last ReLUs first. *)
let parallels s f =
  let before r f = List.filter (fun (i, _) -> Integer.compare i r < 0) f in
  let rec from moves f = function
    | [] -> List.rev moves
    | (r, _) :: earlier ->
      let taken = match Hashtbl.find_opt s.direction r with
        | None -> None
        | Some d ->
          let along (i, _) =
            match Hashtbl.find_opt s.direction i with Some e -> e == d | None -> false in
          let relus, rest = List.partition along f in
          let slope = coefficient (fst (List.hd d.form)) rest in
          let shorter = if sign slope = 0 then rest else fadd rest (fscale (negated slope) d.form) in
          if List.compare_lengths shorter rest < 0 then Some (Parallel (d.sum, true), shorter)
          else if List.length relus > 1 then Some (Parallel (d.sum, false), rest)
          else None in
      match taken with
      | None -> from moves f earlier
      | Some (move, rest) -> from (move :: moves) rest (List.rev (before r rest)) in
  from [] f (List.rev f)

(* ---- bounds ---- *)

(* Whether the last of the terms without the bound that is needed, in no product and parallel to nothing,
   stays: no flip, of it or of a later ReLU, could cancel it, and no known product ends in the form. Saves
   looking at long forms; flips after flips are missed, rarely. *)
let has_lasting_gap s f =
  let is_parallel i =
    match Hashtbl.find_opt s.direction i with Some d -> d.size > 1 | None -> false in
  let is_gap (i, c) =
    let low, high = bnd s i in
    (if sign c > 0 then low else high) = None && factors s i = None
    && not (Hashtbl.mem s.factor i || Hashtbl.mem s.in_product i || is_parallel i) in
  let argument i = match get s i with Some (DRelu g) -> Some g | _ -> None in
  let rec from_end later = function
    | [] -> false
    | term :: before when not (is_gap term) -> from_end (term :: later) before
    | (i, c) :: _ ->
      let is_flipped = match argument i with Some g -> flip_shortens c g f | None -> false in
      let is_in (r, _) =
        match argument r with Some g -> sign (coefficient i g) <> 0 | None -> false in
      not (is_flipped || List.exists (fun (a, _) -> Hashtbl.mem s.products a) f
           || List.exists is_in later) in
  from_end [] (List.rev f)

let larger_of a b = match a, b with
  | Some p, Some q -> if qle_bool p q then b else a
  | None, _ -> b
  | _, None -> a

(* (d, c, b) with f = c d + b; None if but for the constant it has no two terms. *)
let line s f =
  let offset, terms = match f with
    | (i, b) :: r when get s i = Some DOne -> b, r
    | _ -> zero, f in
  match terms with
  | (_, c) :: _ :: _ -> Some (fscale (qinv c) terms, c, offset)
  | _ -> None

(* The lower bound that is kept of the form's direction, with the entry that says it, and the share. *)
let kept_low s f =
  if Forms.length s.ranges = 0 then None else
  match line s f with
  | None -> None
  | Some (direction, c, b) ->
    match Forms.find_opt s.ranges direction with
    | None -> None
    | Some range ->
      match if sign c > 0 then range.least else range.most with
      | None -> None
      | Some bound -> Some (qred (qplus (qmult c bound) b), range.entry, c)

(* A way of seeing that is good for the form, and for positive multiples. *)
let remember s f way =
  let known = ways s f in
  if not (List.mem way known) then Forms.replace s.ways (normal f) (known @ [way])

(* A lower bound of the form, and how to see it; that is kept. *)
let low s f =
  let direct = termwise (bnd s) zero f in
  let best = ref direct and way = ref [] in
  let attempt moves =
    if moves <> [] then
      let unit = qabs (snd (List.hd f)) in
      let bound = regrouped (get s) (bnd s) (find s) unit moves zero f in
      let better = larger_of !best bound in
      if better <> !best then (best := better; way := moves) in
  (match kept_low s f with
   | Some (_, entry, c) -> attempt [Share (entry, times c (qinv (qabs (snd (List.hd f)))))]
   | None -> ());
  if not (direct = None && has_lasting_gap s f) then begin
    let moves, left = flips s f in
    attempt (moves @ groups s left);
    let stages = without_products s f in
    List.iter (fun (taken, reduced) ->
      let moves, left = flips_descending s reduced in
      attempt (taken @ moves @ groups s left)) stages;
    List.iter (fun (taken, reduced) ->
      match parallels s reduced with [] -> () | l -> attempt (taken @ l)) stages
  end;
  if !way <> [] then remember s f !way;
  !best
