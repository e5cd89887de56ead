(** * Searching in tables: for atoms, and for the parts of a form that are bounded below

    What the searches of driver/search.ml found, for the checker inside the kernel. Nothing is proved of
    them, as nothing need be: [check] believes no search. *)
From Coq Require Import List QArith Qabs PArith Bool.
Import ListNotations.
From LSRL Require Import Language Forms Checker.

(** ** Atoms *)

Definition q_same (a b : Q) : bool := Z.eqb (Qnum a) (Qnum b) && Pos.eqb (Qden a) (Qden b).
Fixpoint f_same (f g : form) : bool :=
  match f, g with
  | [], [] => true
  | (i, a) :: f', (j, b) :: g' => Pos.eqb i j && q_same a b && f_same f' g'
  | _, _ => false
  end.
Definition d_same (a b : def) : bool :=
  match a, b with
  | DOne, DOne => true
  | DIn i, DIn j => Nat.eqb i j
  | DSt i j, DSt k l | DTg i j, DTg k l => Nat.eqb i k && Nat.eqb j l
  | DRelu f, DRelu g | DSum f, DSum g => f_same f g
  | DMul f g, DMul h k => f_same f h && f_same g k
  | _, _ => false
  end.
Fixpoint search_from (i : positive) (t : list entry) (d : def) : option positive :=
  match t with
  | [] => None
  | (e, _) :: r => if d_same e d then Some i else search_from (Pos.succ i) r d
  end.
Definition search (t : list entry) : def -> option positive := search_from 2 t.

(** ** Moves: the ways that were found for a form, or for a positive multiple of it *)

Definition normal (f : form) : form := fscale (Qinv (Qabs (lead f))) f.
Fixpoint found (ways : list (form * list (list move))) (f : form) : list (list move) :=
  match ways with
  | [] => []
  | (g, w) :: r => if f_same f g then w else found r f
  end.
Definition search_moves (ways : list (form * list (list move))) (f : form) : list (list move) :=
  found ways (normal f).
