(** Concrete witnesses, computed by Flocq's executable binary32/64 arithmetic. *)
From Coq Require Import Reals ZArith SpecFloat Bool.
From Flocq Require Import Core IEEE754.BinarySingleNaN.
Section Exec.
Variables prec emax : Z.
Context (Hp : Prec_gt_0 prec) (He : Prec_lt_emax prec emax).
Notation bf := (binary_float prec emax).
Definition badd (x y : bf) := Bplus mode_NE x y.
Definition bsub (x y : bf) := Bminus mode_NE x y.
Definition bmul (x y : bf) := Bmult mode_NE x y.
Definition bz (n : Z) : bf := binary_normalize prec emax Hp He mode_NE n 0 false.
Definition brelu (x : bf) : bf := match Bcompare x (B754_zero false) with Some Gt => x | _ => B754_zero false end.
Definition direct_fused_exec (lam c t f : bf) : bf :=
  bsub (bsub (badd (brelu (badd (bmul (Bopp lam) c) f)) (brelu (bsub (badd (bmul lam c) t) lam)))
     (brelu (bsub (bmul (Bopp lam) c) f))) (brelu (bsub (bsub (bmul lam c) t) lam)).
Definition direct_exec (lam c t f : bf) : bf :=
  let a := bmul (Bopp lam) c in let b := bmul (Bopp lam) (bsub (bz 1) c) in
  bsub (bsub (badd (brelu (badd a f)) (brelu (badd b t))) (brelu (bsub a f))) (brelu (bsub b t)).
Definition mult_exec (c t f : bf) : bf := badd (bmul c t) (bmul (bsub (bz 1) c) f).
End Exec.
Definition B32 {A} (F : forall p e (H : Prec_gt_0 p) (K : Prec_lt_emax p e), A p e) : A 24%Z 128%Z := F 24%Z 128%Z eq_refl eq_refl.
Notation ex32 F := (F 24%Z 128%Z eq_refl eq_refl).
Notation ex64 F := (F 53%Z 1024%Z eq_refl eq_refl).

Notation r32 x := (B2SF x) (only parsing).
(* lam = 10^10, c = 1, t = 511, f = 0: fused binary32 returns +0; unfused and multiplicative return 511 *)
Theorem witness32_fused : B2SF (ex32 direct_fused_exec (ex32 bz 10000000000) (ex32 bz 1) (ex32 bz 511) (ex32 bz 0)) = S754_zero false.
Proof. vm_compute. reflexivity. Qed.
Theorem witness32_unfused : B2SF (ex32 direct_exec (ex32 bz 10000000000) (ex32 bz 1) (ex32 bz 511) (ex32 bz 0)) = B2SF (ex32 bz 511).
Proof. vm_compute. reflexivity. Qed.
Theorem witness32_mult : B2SF (ex32 mult_exec (ex32 bz 1) (ex32 bz 511) (ex32 bz 0)) = B2SF (ex32 bz 511).
Proof. vm_compute. reflexivity. Qed.
Theorem witness64_fused : B2SF (ex64 direct_fused_exec (ex64 bz 10000000000) (ex64 bz 1) (ex64 bz 511) (ex64 bz 0)) = B2SF (ex64 bz 511).
Proof. vm_compute. reflexivity. Qed.
(* c one ulp below 1 (1 - 2^-24): unfused binary32 returns +0, multiplicative stays above 510 *)
Definition pred1 := ex32 bsub (ex32 bz 1) (binary_normalize 24 128 eq_refl eq_refl mode_NE 1 (-24) false).
Theorem witness32_ulp : B2SF (ex32 direct_exec (ex32 bz 10000000000) pred1 (ex32 bz 511) (ex32 bz 0)) = S754_zero false.
Proof. vm_compute. reflexivity. Qed.
Theorem witness32_ulp_mult : SFcompare (B2SF (ex32 bz 510)) (B2SF (ex32 mult_exec pred1 (ex32 bz 511) (ex32 bz 0))) = Some Lt.
Proof. vm_compute. reflexivity. Qed.
