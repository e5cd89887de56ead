(** * A search in the atom table, for certificates checked inside Coq

    The extracted checker is given a hash table for [fnd]; inside the kernel this plain search does.
    Nothing is proved of it, as nothing need be: [check] believes no search. *)
From Coq Require Import List QArith PArith Bool.
Import ListNotations.
From LSRL Require Import Language Forms.

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
  | DRelu f, DRelu g => f_same f g
  | DMul f g, DMul h k => f_same f h && f_same g k
  | _, _ => false
  end.
Fixpoint search_from (i : positive) (t : list def) (d : def) : option positive :=
  match t with
  | [] => None
  | e :: r => if d_same e d then Some i else search_from (Pos.succ i) r d
  end.
Definition search (t : list def) : def -> option positive := search_from 1 t.
