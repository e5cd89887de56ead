(** Gappa-backed end-to-end bound: direct f_ifelse, lam = 2, unit ranges, binary32 *)
From Coq Require Import Reals Lra.
From Flocq Require Import Core.
From Gappa Require Import Gappa_tactic.
From LSRL Require Import IfElse IfElseFloats.
Open Scope R_scope.
Notation r32 := (round radix2 (FLT_exp (-149) 24) ZnearestE).
Lemma relu_lip a b : Rabs (relu a - relu b) <= Rabs (a - b).
Proof. unfold relu, Rmax, Rabs. repeat match goal with |- context [Rle_dec ?a ?b] => destruct (Rle_dec a b) | |- context [Rcase_abs ?a] => destruct (Rcase_abs a) end; lra. Qed.
Lemma relu_rng a : a <= 1 -> 0 <= relu a <= 1.
Proof. unfold relu, Rmax. destruct (Rle_dec a 0); lra. Qed.
Lemma br_f cc ff s : let c := r32 cc in let f := r32 ff in 0 <= c <= 1 -> -1 <= f <= 1 -> s = 1 \/ s = -1 ->
  Rabs (r32 (r32 (-2*c) + s*f) - (-2*c + s*f)) <= 1/8388608 /\ r32 (r32 (-2*c) + s*f) <= 1.
Proof. intros c f Hc Hf [-> | ->]; unfold c, f in *; split; gappa. Qed.
Lemma br_t cc tt s : let c := r32 cc in let t := r32 tt in 0 <= c <= 1 -> -1 <= t <= 1 -> s = 1 \/ s = -1 ->
  Rabs (r32 (r32 (-2 * r32 (1-c)) + s*t) - (-2*(1-c) + s*t)) <= 3/16777216 /\ r32 (r32 (-2 * r32 (1-c)) + s*t) <= 1.
Proof. intros c t Hc Ht [-> | ->]; unfold c, t in *; split; gappa. Qed.
Lemma tail q1 q2 q3 q4 E1 E2 E3 E4 : 0 <= r32 q1 <= 1 -> 0 <= r32 q2 <= 1 -> 0 <= r32 q3 <= 1 -> 0 <= r32 q4 <= 1 ->
  Rabs (r32 q1 - E1) <= 1/8388608 -> Rabs (r32 q2 - E2) <= 3/16777216 ->
  Rabs (r32 q3 - E3) <= 1/8388608 -> Rabs (r32 q4 - E4) <= 3/16777216 ->
  Rabs (r32 (r32 (r32 (r32 q1 + r32 q2) - r32 q3) - r32 q4) - (E1 + E2 - E3 - E4)) <= 15/16777216.
Proof. intros. gappa. Qed.
Theorem direct32_error cc tt ff : let c := r32 cc in let t := r32 tt in let f := r32 ff in
  0 <= c <= 1 -> -1 <= t <= 1 -> -1 <= f <= 1 ->
  Rabs (direct_fl (-149) 24 2 c t f - direct 2 c t f) <= 15/16777216.
Proof.
  intros c t f Hc Ht Hf. unfold direct_fl, direct. cbv zeta. rewrite <- !(opp_IZR 2). change (- (2))%Z with (-2)%Z.
  destruct (br_f cc ff 1 Hc Hf (or_introl eq_refl)) as [A1 B1].
  destruct (br_f cc ff (-1) Hc Hf (or_intror eq_refl)) as [A3 B3].
  destruct (br_t cc tt 1 Hc Ht (or_introl eq_refl)) as [A2 B2].
  destruct (br_t cc tt (-1) Hc Ht (or_intror eq_refl)) as [A4 B4].
  fold c t f in A1, A2, A3, A4, B1, B2, B3, B4.
  replace (1*f) with f in * by ring. replace (1*t) with t in * by ring.
  replace (r32 (-2*c) + -1*f) with (r32 (-2*c) - f) in * by ring. replace (-2*c + -1*f) with (-2*c-f) in * by ring.
  replace (r32 (-2 * r32 (1-c)) + -1*t) with (r32 (-2 * r32 (1-c)) - t) in * by ring.
  replace (-2*(1-c) + -1*t) with (-2*(1-c)-t) in * by ring.
  assert (R : forall y, r32 (relu (r32 y)) = relu (r32 y)).
  { intro y. apply round_generic; [typeclasses eauto|]. apply fmt_relu. apply generic_format_round; typeclasses eauto. }
  rewrite <- (R (r32 (-2*c) + f)), <- (R (r32 (-2*c) - f)), <- (R (r32 (-2 * r32 (1-c)) + t)), <- (R (r32 (-2 * r32 (1-c)) - t)).
  apply tail; rewrite R; try (apply relu_rng; assumption); (eapply Rle_trans; [apply relu_lip|assumption]).
Qed.
