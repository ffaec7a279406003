import type { SalesFiles } from './quota-scheme.ts';

/** Five people in the shape of the public data, with figures that can be added up in the head. */
export function smallCompany(): SalesFiles {
	return {
		employees: `BusinessEntityID,NationalIDNumber,JobTitle,HireDate
276,295847284,Sales Representative,2011-05-31
277,895209680,Sales Representative,2011-05-31
278,134969118,Sales Representative,2013-06-10
279,811994146,Accountant,2009-01-14
280,658797903,Sales Representative,2013-08-01
`,
		names: `EmployeeNationalIDAlternateKey,FirstName,LastName,DepartmentName,Status
295847284,Linda,Mitchell,Sales,Current
895209680,Jillian,Carson,Marketing,
895209680,Jillian,Carson,Sales,Current
134969118,Garrett,Vargas,Sales,Current
811994146,Tsvi,Reiter,Finance,Current
658797903,Pamela,Ansman-Wolfe,Sales,Current
`,
		months: `employee,period,sales,orders,shipping
276,2013-04,999,9,9
276,2013-05,100,10,1
276,2013-06,200,10,2
276,2013-07,300,10,3
276,2013-08,999,9,9
277,2013-05,2000,50,20
`,
		quotas: `BusinessEntityID,QuotaDate,SalesQuota
276,2013-05-30,1000
276,2013-08-30,500
277,2013-05-30,1000
278,2013-05-30,700
`
	};
}
