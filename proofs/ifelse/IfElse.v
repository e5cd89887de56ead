(** f_ifelse over R: exact conditions and tight errors. *)
From Coq Require Import Reals Lra.
Open Scope R_scope.
Definition relu x := Rmax x 0.
Definition direct lam c t f :=
  relu (-lam*c + f) + relu (-lam*(1-c) + t) - relu (-lam*c - f) - relu (-lam*(1-c) - t).
Definition step mu x := relu (mu*x) - mu * relu (x - 1/mu).
Definition stepped mu lam c t f :=
  relu (-lam + lam * step mu (1/2 - c) + f) + relu (-lam + lam * step mu (c - 1/2) + t)
  - relu (-lam + lam * step mu (1/2 - c) - f) - relu (-lam + lam * step mu (c - 1/2) - t).
Definition mult c t f := c*t + (1-c)*f.

Ltac cases := unfold relu, Rmax, Rmin, Rabs in *;
  repeat match goal with
  | |- context [Rle_dec ?a ?b] => destruct (Rle_dec a b)
  | |- context [Rcase_abs ?a] => destruct (Rcase_abs a)
  | H : context [Rle_dec ?a ?b] |- _ => destruct (Rle_dec a b)
  | H : context [Rcase_abs ?a] |- _ => destruct (Rcase_abs a)
  end; try lra.

(** soft threshold *)
Definition soft a x := relu (x - a) - relu (- x - a).
Lemma direct_soft lam c t f : direct lam c t f = soft (lam*c) f + soft (lam*(1-c)) t.
Proof.
  unfold direct, soft. replace (-lam*c+f) with (f - lam*c) by ring.
  replace (-lam*(1-c)+t) with (t - lam*(1-c)) by ring.
  replace (-lam*c-f) with (-f - lam*c) by ring.
  replace (-lam*(1-c)-t) with (-t - lam*(1-c)) by ring. ring.
Qed.
Lemma soft_err a x : Rabs (soft a x - x) = Rmin (Rabs a) (Rabs x).
Proof. unfold soft. cases. Qed.
Lemma soft_zero a x : soft a x = 0 <-> (Rabs x <= a \/ x = 0).
Proof. unfold soft. split; cases; intros; try (left; lra); try (right; lra). all: destruct H; lra. Qed.
Lemma soft_bound a x : 0 <= a -> Rabs x <= a -> soft a x = 0.
Proof. intros. apply soft_zero. auto. Qed.

Theorem direct_true lam t f : 0 <= lam -> (direct lam 1 t f = t <-> Rabs f <= lam).
Proof.
  intro L. rewrite direct_soft. replace (lam*1) with lam by ring. replace (lam*(1-1)) with 0 by ring.
  assert (S : soft 0 t = t) by (unfold soft; cases). rewrite S. split; intro H.
  - assert (Z : soft lam f = 0) by lra. apply soft_zero in Z as [Z| ->]; [exact Z|]. rewrite Rabs_R0. exact L.
  - rewrite soft_bound by assumption. ring.
Qed.
Theorem direct_false lam t f : 0 <= lam -> (direct lam 0 t f = f <-> Rabs t <= lam).
Proof.
  intro L. rewrite direct_soft. replace (lam*0) with 0 by ring. replace (lam*(1-0)) with lam by ring.
  assert (S : soft 0 f = f) by (unfold soft; cases). rewrite S. split; intro H.
  - assert (Z : soft lam t = 0) by lra. apply soft_zero in Z as [Z| ->]; [exact Z|]. rewrite Rabs_R0. exact L.
  - rewrite soft_bound by assumption. ring.
Qed.
(** condition off by e (any sign): the error is EXACTLY min(lam|e|, |value|) *)
Theorem direct_near_false lam e t f : 0 <= lam -> Rabs t <= lam*(1-e) ->
  Rabs (direct lam e t f - f) = Rmin (lam * Rabs e) (Rabs f).
Proof.
  intros L H. rewrite direct_soft. rewrite (soft_bound (lam*(1-e))); [|pose proof (Rabs_pos t); lra|exact H].
  rewrite Rplus_0_r, soft_err, Rabs_mult, (Rabs_pos_eq lam) by exact L. reflexivity.
Qed.
Theorem direct_near_true lam e t f : 0 <= lam -> Rabs f <= lam*(1-e) ->
  Rabs (direct lam (1-e) t f - t) = Rmin (lam * Rabs e) (Rabs t).
Proof.
  intros L H. rewrite direct_soft. rewrite (soft_bound (lam*(1-e))); [|pose proof (Rabs_pos f); lra|exact H].
  replace (lam*(1-(1-e))) with (lam*e) by ring.
  rewrite Rplus_0_l, soft_err, Rabs_mult, (Rabs_pos_eq lam) by exact L. reflexivity.
Qed.

Lemma step_clamp mu x : 0 < mu -> step mu x = Rmin (Rmax (mu*x) 0) 1.
Proof.
  intro M. unfold step. replace (mu * relu (x - 1/mu)) with (relu (mu*x - 1)).
  - cases.
  - unfold relu. replace (mu * Rmax (x - 1/mu) 0) with (Rmax (mu*(x-1/mu)) (mu*0)).
    + f_equal; field; lra.
    + apply RmaxRmult. lra.
Qed.
Lemma step_one mu x : 0 < mu -> 1/mu <= x -> step mu x = 1.
Proof.
  intros M H. rewrite step_clamp by exact M. apply (Rmult_le_compat_l mu) in H; [|lra].
  replace (mu*(1/mu)) with 1 in H by (field; lra). cases.
Qed.
Lemma step_zero mu x : 0 < mu -> x <= 0 -> step mu x = 0.
Proof.
  intros M H. rewrite step_clamp by exact M. apply (Rmult_le_compat_l mu) in H; [|lra].
  rewrite Rmult_0_r in H. cases.
Qed.
(** step-based: exact on whole intervals around 0 and 1 *)
Theorem stepped_false mu lam c t f : 0 < mu -> c <= 1/2 - 1/mu -> Rabs t <= lam ->
  stepped mu lam c t f = f.
Proof.
  intros M H T. unfold stepped. rewrite step_one by lra.
  rewrite step_zero. 2: exact M. 2:{ assert (0 < 1/mu) by (apply Rdiv_lt_0_compat; lra). lra. }
  revert T. clear. intro T. cases.
Qed.
Theorem stepped_true mu lam c t f : 0 < mu -> 1/2 + 1/mu <= c -> Rabs f <= lam ->
  stepped mu lam c t f = t.
Proof.
  intros M H T. unfold stepped. rewrite (step_one mu (c-1/2)) by lra.
  rewrite (step_zero mu (1/2-c)). 2: exact M. 2:{ assert (0 < 1/mu) by (apply Rdiv_lt_0_compat; lra). lra. }
  revert T. clear. intro T. cases.
Qed.
(** in the dead zone |c-1/2| < 1/mu, at c = 1/2 the result is soft lam f + soft lam t *)
Theorem stepped_half mu lam t f : 0 < mu -> stepped mu lam (1/2) t f = soft lam f + soft lam t.
Proof.
  intro M. unfold stepped. rewrite !(step_zero mu) by lra. rewrite Rmult_0_r. unfold soft, relu.
  replace (-lam+0+f) with (f-lam) by ring. replace (-lam+0+t) with (t-lam) by ring.
  replace (-lam+0-f) with (-f-lam) by ring. replace (-lam+0-t) with (-t-lam) by ring. ring.
Qed.
Theorem mult_true t f : mult 1 t f = t. Proof. unfold mult. ring. Qed.
Theorem mult_false t f : mult 0 t f = f. Proof. unfold mult. ring. Qed.
Theorem mult_near_false e t f : Rabs (mult e t f - f) = Rabs e * Rabs (t - f).
Proof. rewrite <- Rabs_mult. f_equal. unfold mult. ring. Qed.
Theorem mult_near_true e t f : Rabs (mult (1-e) t f - t) = Rabs e * Rabs (t - f).
Proof. rewrite <- (Rabs_Ropp (_ - t)), <- Rabs_mult. f_equal. unfold mult. ring. Qed.
