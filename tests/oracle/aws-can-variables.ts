// What variables in policies stand for, from the IAM user guide.
import { when } from './aws-documents'
import { allow, asRole, asUser, old, policy, R, U, type CanCase } from './aws-world'

const OBJECT = 'arn:aws:s3:::bucket/key'
const get = { action: 's3:GetObject', resource: OBJECT }
export const VARIABLES: readonly CanCase[] = [
  {
    because: 'a user has its own folder',
    realm: asUser([policy(allow('s3:*', 'arn:aws:s3:::home/${aws:username}/*'))]),
    who: U,
    ask: { ...get, resource: 'arn:aws:s3:::home/ann/x' },
    answer: 'yes',
  },
  {
    because: 'a user does not have that of another',
    realm: asUser([policy(allow('s3:*', 'arn:aws:s3:::home/${aws:username}/*'))]),
    who: U,
    ask: { ...get, resource: 'arn:aws:s3:::home/bob/x' },
    answer: 'no',
  },
  {
    because: 'a role has no user name',
    realm: asRole([policy(allow('s3:*', 'arn:aws:s3:::home/${aws:username}/*'))]),
    who: R,
    ask: { ...get, resource: 'arn:aws:s3:::home/ann/x' },
    answer: 'no',
  },
  {
    because: 'a default stands in for an absent tag',
    realm: asUser([policy(allow('s3:*', "arn:aws:s3:::${aws:PrincipalTag/team, 'shared'}/*"))]),
    who: U,
    ask: { ...get, resource: 'arn:aws:s3:::shared/x' },
    answer: 'yes',
  },
  {
    because: '${*} is a star and nothing else',
    realm: asUser([policy(allow('s3:*', 'arn:aws:s3:::home/${*}/*'))]),
    who: U,
    ask: { ...get, resource: 'arn:aws:s3:::home/ann/x' },
    answer: 'no',
  },
  {
    because: 'version 2008-10-17 knows no variables',
    realm: asUser([old(allow('s3:*', 'arn:aws:s3:::home/${aws:username}/*'))]),
    who: U,
    ask: { ...get, resource: 'arn:aws:s3:::home/ann/x' },
    answer: 'no',
  },
  {
    because: 'a variable in a condition',
    realm: asUser([policy(allow('s3:*', '*', when('StringEquals', 's3:prefix', '${aws:username}')))]),
    who: U,
    ask: { ...get, context: { 's3:prefix': 'ann' } },
    answer: 'yes',
  },
  {
    because: 'a variable that is not known leaves it open',
    realm: asUser([policy(allow('s3:*', 'arn:aws:s3:::${aws:SourceVpc}/*'))]),
    who: U,
    ask: get,
    answer: 'depends',
  },
]
