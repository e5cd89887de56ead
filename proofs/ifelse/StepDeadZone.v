(** * The step form of f_ifelse (Eq. 9), everywhere: the dead zone |c - 1/2| < 1/mu



    With soft a x = sign(x) max(|x| - a, 0) (a >= 0) the step form equals, for EVERY c,

      soft (lam (1 - step mu (1/2 - c))) f + soft (lam (1 - step mu (c - 1/2))) t.

    Let |t|, |f| <= lam and e = mu (c - 1/2), so that the dead zone is -1 < e < 1. Inside it
      c <= 1/2:  the result is soft (lam (1 + e)) f   (the t part is exactly 0)
      c >= 1/2:  the result is soft (lam (1 - e)) t   (the f part is exactly 0)
    and the errors are exactly |out - f| = min(lam (1 + e), |f|), |out - t| = min(lam (1 - e), |t|):
    the value is lost altogether (out = 0) as soon as |f| <= lam (1 + e), resp. |t| <= lam (1 - e), that is on
      1/2 - 1/mu + |f|/(lam mu)  <=  c  <=  1/2 + 1/mu - |t|/(lam mu). *)
From Coq Require Import Reals Lra.
From LSRL Require Import IfElse.
Local Open Scope R_scope.

(** the closed form, without any hypothesis *)
Theorem stepped_soft mu lam c t f :
  stepped mu lam c t f = soft (lam * (1 - step mu (1/2 - c))) f + soft (lam * (1 - step mu (c - 1/2))) t.
Proof.
  unfold stepped, soft.
  replace (-lam + lam * step mu (1/2 - c) + f) with (f - lam * (1 - step mu (1/2 - c))) by ring.
  replace (-lam + lam * step mu (c - 1/2) + t) with (t - lam * (1 - step mu (c - 1/2))) by ring.
  replace (-lam + lam * step mu (1/2 - c) - f) with (- f - lam * (1 - step mu (1/2 - c))) by ring.
  replace (-lam + lam * step mu (c - 1/2) - t) with (- t - lam * (1 - step mu (c - 1/2))) by ring.
  ring.
Qed.
Lemma step_ramp mu x : 0 < mu -> 0 <= mu * x <= 1 -> step mu x = mu * x.
Proof. intros M H. rewrite step_clamp by exact M. cases. Qed.
Lemma half_zero mu x : 0 < mu -> mu * x <= 0 -> x <= 0.
Proof. intros M H. apply (Rmult_le_reg_l mu); lra. Qed.

(** ** The values inside the dead zone (its closure included) *)
Theorem dead_zone_left mu lam c t f : 0 < mu -> -1 <= mu * (c - 1/2) <= 0 -> Rabs t <= lam ->
  stepped mu lam c t f = soft (lam * (1 + mu * (c - 1/2))) f.
Proof.
  intros M H T. rewrite stepped_soft. rewrite (step_zero mu (c - 1/2)); [|exact M|apply (half_zero mu); lra].
  rewrite step_ramp; [|exact M|replace (mu * (1/2 - c)) with (- (mu * (c - 1/2))) by ring; lra].
  rewrite (soft_bound (lam * (1 - 0))); [|pose proof (Rabs_pos t); lra|lra].
  rewrite Rplus_0_r. f_equal. ring.
Qed.
Theorem dead_zone_right mu lam c t f : 0 < mu -> 0 <= mu * (c - 1/2) <= 1 -> Rabs f <= lam ->
  stepped mu lam c t f = soft (lam * (1 - mu * (c - 1/2))) t.
Proof.
  intros M H F. rewrite stepped_soft.
  rewrite (step_zero mu (1/2 - c)); [|exact M|apply (half_zero mu); [exact M|]; replace (mu * (1/2 - c)) with (- (mu * (c - 1/2))) by ring; lra].
  rewrite step_ramp by assumption.
  rewrite (soft_bound (lam * (1 - 0))); [|pose proof (Rabs_pos f); lra|lra].
  rewrite Rplus_0_l. reflexivity.
Qed.

(** ** The errors, exactly *)
Theorem dead_zone_error_left mu lam c t f : 0 < mu -> -1 <= mu * (c - 1/2) <= 0 -> Rabs t <= lam ->
  Rabs (stepped mu lam c t f - f) = Rmin (lam * (1 + mu * (c - 1/2))) (Rabs f).
Proof.
  intros M H T. rewrite dead_zone_left by assumption. rewrite soft_err.
  rewrite (Rabs_pos_eq (lam * _)); [reflexivity|]. apply Rmult_le_pos; [|lra]. pose proof (Rabs_pos t). lra.
Qed.
Theorem dead_zone_error_right mu lam c t f : 0 < mu -> 0 <= mu * (c - 1/2) <= 1 -> Rabs f <= lam ->
  Rabs (stepped mu lam c t f - t) = Rmin (lam * (1 - mu * (c - 1/2))) (Rabs t).
Proof.
  intros M H F. rewrite dead_zone_right by assumption. rewrite soft_err.
  rewrite (Rabs_pos_eq (lam * _)); [reflexivity|]. apply Rmult_le_pos; [|lra]. pose proof (Rabs_pos f). lra.
Qed.

(** ** The output is 0 exactly there *)
Theorem dead_zone_zero_left mu lam c t f : 0 < mu -> -1 <= mu * (c - 1/2) <= 0 -> Rabs t <= lam ->
  (stepped mu lam c t f = 0 <-> Rabs f <= lam * (1 + mu * (c - 1/2)) \/ f = 0).
Proof. intros M H T. rewrite dead_zone_left by assumption. apply soft_zero. Qed.
Theorem dead_zone_zero_right mu lam c t f : 0 < mu -> 0 <= mu * (c - 1/2) <= 1 -> Rabs f <= lam ->
  (stepped mu lam c t f = 0 <-> Rabs t <= lam * (1 - mu * (c - 1/2)) \/ t = 0).
Proof. intros M H F. rewrite dead_zone_right by assumption. apply soft_zero. Qed.
(** at c = 1/2 everything is lost *)
Corollary dead_zone_middle mu lam t f : 0 < mu -> Rabs t <= lam -> Rabs f <= lam -> stepped mu lam (1/2) t f = 0.
Proof.
  intros M T F. apply dead_zone_zero_left; auto; replace (mu * (1/2 - 1/2)) with 0 by field; lra.
Qed.

(** ** Exactly when is it exact?  f <> 0, |f| <= lam, |t| <= lam: iff c <= 1/2 - 1/mu *)
Theorem stepped_false_iff mu lam c t f : 0 < mu -> Rabs t <= lam -> 0 < Rabs f <= lam ->
  c <= 1/2 -> (stepped mu lam c t f = f <-> c <= 1/2 - 1/mu).
Proof.
  intros M T F C. split; [|intro; apply stepped_false; assumption].
  intro E. destruct (Rle_or_lt c (1/2 - 1/mu)) as [|G]; [assumption|exfalso].
  assert (K : mu * (1/mu) = 1) by (field; lra).
  assert (G' : -1 < mu * (c - 1/2)).
  { assert (mu * (1/2 - 1/mu) < mu * c) by (apply Rmult_lt_compat_l; assumption). lra. }
  assert (C' : mu * (c - 1/2) <= 0).
  { assert (mu * c <= mu * (1/2)) by (apply Rmult_le_compat_l; lra). lra. }
  assert (X := dead_zone_error_left mu lam c t f M (conj (Rlt_le _ _ G') C') T).
  rewrite E, Rminus_eq_0, Rabs_R0 in X.
  assert (0 < lam * (1 + mu * (c - 1/2))) by (apply Rmult_lt_0_compat; lra).
  revert X. unfold Rmin. destruct Rle_dec; lra.
Qed.
