(** the f_ifelse macros AS LSRL GRAPHS compute the functions of IfElse.v *)
From Coq Require Import List QArith Qreals Reals Lra. Import ListNotations.
From LSRL Require Import Language WellFormed Checker CheckSound Rings IfElse.
Definition ifelse_direct (lam : Q) : prog := {|
  nodes := [ OInput;  (* c, t, f *)
    OLin [ ([(0%nat, -lam); (2%nat, 1)], 0); ([(0%nat, lam); (1%nat, 1)], -lam);
           ([(0%nat, -lam); (2%nat, -(1))], 0); ([(0%nat, lam); (1%nat, -(1))], -lam) ]%Q 0;
    ORelu 1; OLin [ ([(0%nat, 1); (1%nat, 1); (2%nat, -(1)); (3%nat, -(1))], 0) ]%Q 2 ];
  inits := []; out := 3 |}.
Definition ifelse_mult : prog := {|
  nodes := [ OInput; OLin [ ([(0%nat, 1)], 0); ([(0%nat, -(1))], 1); ([(1%nat, 1)], 0); ([(2%nat, 1)], 0) ]%Q 0;
             OMulti 1; OLin [ ([(0%nat,1); (1%nat,1)], 0) ]%Q 2 ]; inits := []; out := 3 |}.
Lemma q0 : Q2R 0 = 0%R. Proof. unfold Q2R; simpl; lra. Qed.
Lemma q1 : Q2R 1 = 1%R. Proof. unfold Q2R; simpl; lra. Qed.
Theorem ifelse_direct_sem lam (xs : list (R*R*R)) :
  sem R_oring (ifelse_direct lam) (map (fun p => [fst (fst p); snd (fst p); snd p]) xs)
  = map (fun p => [direct (Q2R lam) (fst (fst p)) (snd (fst p)) (snd p)]) xs.
Proof.
  unfold sem. generalize (init R_oring (ifelse_direct lam)).
  induction xs as [|[[c t] f] xs IH]; intro P; [reflexivity|].
  cbn [map run]. rewrite IH. f_equal. clear IH. cbn. rewrite !Q2R_opp, q0, q1. f_equal.
  unfold direct, relu. repeat match goal with |- context [Rmax ?a 0] => match goal with |- _ = ?r => match r with context [Rmax a 0] => fail 2 | _ => idtac end end;
    first [ replace (Rmax a 0) with (Rmax (- Q2R lam * c + f) 0) by (f_equal; ring)
          | replace (Rmax a 0) with (Rmax (- Q2R lam * (1-c) + t) 0) by (f_equal; ring)
          | replace (Rmax a 0) with (Rmax (- Q2R lam * c - f) 0) by (f_equal; ring)
          | replace (Rmax a 0) with (Rmax (- Q2R lam * (1-c) - t) 0) by (f_equal; ring) ] end.
  ring.
Qed.
Theorem ifelse_mult_sem (xs : list (R*R*R)) :
  sem R_oring ifelse_mult (map (fun p => [fst (fst p); snd (fst p); snd p]) xs)
  = map (fun p => [mult (fst (fst p)) (snd (fst p)) (snd p)]) xs.
Proof.
  unfold sem. generalize (init R_oring ifelse_mult).
  induction xs as [|[[c t] f] xs IH]; intro P; [reflexivity|].
  cbn [map run]. rewrite IH. f_equal. clear IH. cbn. rewrite !Q2R_opp, q0, q1. f_equal. unfold mult. ring.
Qed.
