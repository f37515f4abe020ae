import { words } from "../../../words/dashboard.ts";
import { Field } from "../field.tsx";

interface AccountFieldProps {
  readonly value: string;
  readonly onText: (text: string) => void;
}

const text = words.account;

export const NameField = (field: AccountFieldProps) => (
  <Field {...field} label={text.name} autocomplete="name" required maxLength={100} />
);

export const EmailField = (field: AccountFieldProps) => (
  <Field {...field} label={text.email} type="email" autocomplete="username" required />
);

/** For a password that exists. @param given.label by default “Password” */
export const OldPassword = ({ label = text.password, ...field }: AccountFieldProps & { label?: string }) => (
  <Field {...field} label={label} type="password" autocomplete="current-password" required />
);

/** For a password that is new. */
export const NewPassword = (field: AccountFieldProps) => (
  <Field
    {...field}
    label={text.newPassword}
    means={text.passwordMeans}
    type="password"
    autocomplete="new-password"
    required
    minLength={12}
    maxLength={200}
  />
);
